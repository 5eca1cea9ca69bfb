import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Allows to delete an agent to whom no record refers. Before PostgreSQL deletes a row it locks the
 * rows that refer to it, none here, and that needs the right to update one column of each table.
 * `daypass verify` compares this column with the journal, so that a change is found.
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
