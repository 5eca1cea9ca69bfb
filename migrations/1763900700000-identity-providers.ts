import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-in from an account's own identity providers (OpenID Connect). */
export class IdentityProviders1763900700000 implements MigrationInterface {
  name = 'IdentityProviders1763900700000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table identity_providers (
        account_id uuid not null,
        id uuid not null,
        name text not null,
        issuer text not null,
        client_id text,
        audiences text[] not null,
        scopes text[] not null,
        algorithms text[] not null,
        email_claim text not null,
        trusts_email boolean not null,
        admits_contacts boolean not null,
        enabled boolean not null,
        revision integer not null,
        created_at timestamptz not null,
        constraint identity_providers_pkey primary key (account_id, id),
        constraint identity_providers_issuer_key unique (account_id, issuer),
        constraint identity_providers_name_check check (length(name) between 1 and 100),
        constraint identity_providers_issuer_check check (length(issuer) between 1 and 500),
        constraint identity_providers_client_check check (length(client_id) between 1 and 200),
        constraint identity_providers_audiences_check check (cardinality(audiences) between 1 and 10),
        constraint identity_providers_scopes_check check (cardinality(scopes) between 1 and 20),
        constraint identity_providers_algorithms_check check (cardinality(algorithms) >= 1
          and algorithms <@ array['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512',
            'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']),
        constraint identity_providers_claim_check check (length(email_claim) between 1 and 100)
      )`);
    // The provider's last documents, so that a process that starts during an outage can use them.
    await db.query(`
      create table provider_documents (
        account_id uuid not null,
        provider_id uuid not null,
        authorization_endpoint text not null,
        token_endpoint text not null,
        keys text not null,
        fetched_at timestamptz not null,
        constraint provider_documents_pkey primary key (account_id, provider_id)
      )`);
    await db.query(`
      create table agent_identities (
        account_id uuid not null,
        provider_id uuid not null,
        subject text not null,
        agent_id uuid not null,
        linked_at timestamptz not null,
        constraint agent_identities_pkey primary key (account_id, provider_id, subject),
        constraint agent_identities_agent_key unique (account_id, provider_id, agent_id),
        constraint agent_identities_subject_check check (length(subject) between 1 and 255)
      )`);
    await db.query(`
      alter table identity_providers add constraint identity_providers_account_fkey
        foreign key (account_id) references accounts (id) on delete restrict`);
    await db.query(`
      alter table provider_documents add constraint provider_documents_provider_fkey
        foreign key (account_id, provider_id) references identity_providers (account_id, id)
        on delete cascade`);
    await db.query(`
      alter table agent_identities add constraint agent_identities_provider_fkey
        foreign key (account_id, provider_id) references identity_providers (account_id, id)
        on delete cascade`);
    await db.query(`
      alter table agent_identities add constraint agent_identities_agent_fkey
        foreign key (account_id, agent_id) references agents (account_id, id) on delete cascade`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table agent_identities`);
    await db.query(`drop table provider_documents`);
    await db.query(`drop table identity_providers`);
  }
}
