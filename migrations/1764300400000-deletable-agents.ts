import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets an agent be deleted whom nothing names. Before PostgreSQL deletes a row it locks the rows that
 * refer to it, none here, and that takes the right to update one column of each table. `daypass verify`
 * holds this one against the journal, so that a change of it does not pass unseen.
 */
export class DeletableAgents1764300400000 implements MigrationInterface {
  name = 'DeletableAgents1764300400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`grant update (purchased_by) on purchases to current_user`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`revoke update (purchased_by) on purchases from current_user`);
  }
}
