import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each list of the API is read in the order of an index: `name` and what it is on. */
const indexes: [name: string, on: string][] = [
  ['agents_name_idx', 'agents (account_id, lower(name), id)'],
  ['agents_created_idx', 'agents (account_id, created_at, id)'],
  ['clients_name_idx', 'clients (account_id, lower(name), id)'],
  ['tickets_created_idx', 'tickets (account_id, created_at, id)'],
  ['tickets_updated_idx', 'tickets (account_id, updated_at, id)'],
  ['tickets_client_idx', 'tickets (account_id, client_id, number)'],
  ['tickets_requested_idx', 'tickets (account_id, requester_email, created_at, id)'],
  ['tickets_assigned_idx', 'tickets (account_id, assignee_id, created_at, id)'],
  ['consumptions_expires_idx', 'consumptions (account_id, expires_at, id)'],
  [
    'consumptions_ticket_idx',
    'consumptions (account_id, ticket_id, starts_at, id) where ticket_id is not null',
  ],
  [
    'consumptions_client_idx',
    'consumptions (account_id, client_id, starts_at, id) where client_id is not null',
  ],
];

/** These were ordered by id, which does not show which row is newer. */
const replaced: [name: string, on: string][] = [
  ['tickets_requester_idx', 'tickets (account_id, requester_email, id)'],
  ['tickets_assignee_idx', 'tickets (account_id, assignee_id, id)'],
];

/** The indexes behind the lists of the API. */
export class Lists1763900200000 implements MigrationInterface {
  name = 'Lists1763900200000';

  async up(db: QueryRunner): Promise<void> {
    for (const [name, on] of indexes) await db.query(`create index ${name} on ${on}`);
    for (const [name] of replaced) await db.query(`drop index ${name}`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const [name, on] of replaced) await db.query(`create index ${name} on ${on}`);
    for (const [name] of indexes) await db.query(`drop index ${name}`);
  }
}
