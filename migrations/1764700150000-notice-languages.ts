import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The languages of notices: of an account, for its channels and for people who have none of their own,
 * and of an agent. The previous release writes them in English, or as the agent last consented.
 */
export class NoticeLanguages1764700150000 implements MigrationInterface {
  name = 'NoticeLanguages1764700150000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table accounts add column notice_language text not null default 'en',
        add constraint accounts_notice_language_check
          check (length(notice_language) between 2 and 35)`);
    await db.query(`
      alter table notice_settings add column language text,
        add constraint notice_settings_language_check check (length(language) between 2 and 35)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table notice_settings drop column language`);
    await db.query(`alter table accounts drop column notice_language`);
  }
}
