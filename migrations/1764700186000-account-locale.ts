import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the pages of an account write dates and numbers. The previous release writes them as en-GB. */
export class AccountLocale1764700186000 implements MigrationInterface {
  name = 'AccountLocale1764700186000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table accounts
        add column locale text not null default 'en-GB',
        add constraint accounts_locale_check check (length(locale) between 2 and 35)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table accounts drop column locale`);
  }
}
