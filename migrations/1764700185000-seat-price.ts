import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a full-time agent's licence costs per month, to compare with day passes. */
export class SeatPrice1764700185000 implements MigrationInterface {
  name = 'SeatPrice1764700185000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table accounts
        add column seat_price_minor bigint,
        add constraint accounts_seat_price_minor_range
          check (seat_price_minor between 1 and 100000000000)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table accounts drop column seat_price_minor`);
  }
}
