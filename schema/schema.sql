-- Printed from the catalogues by "npm run schema"; not a script to run.

create table accounts (
  allow_session_consume boolean not null default true,
  billing_mode text not null default 'UNBILLED'::text,
  closed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  credit_first boolean not null default true,
  credit_limit_minor bigint,
  currency text not null,
  email_notifications_enabled boolean not null default true,
  emergency_ceiling integer not null default 5,
  gate_shuts_at timestamp with time zone,
  hold_since timestamp with time zone,
  id uuid not null,
  locale text not null default 'en-GB'::text,
  name text not null,
  notice_language text not null default 'en'::text,
  number integer not null,
  plan text not null,
  sandbox boolean not null default false,
  seat_price_minor bigint,
  seeding boolean not null default false,
  slug text not null,
  terms_days integer,
  test_clock_offset_ms bigint not null default 0,
  time_zone text not null,
  constraint accounts_billing_mode_check CHECK ((billing_mode = ANY (ARRAY['UNBILLED'::text, 'BILLED'::text]))),
  constraint accounts_closed_check CHECK ((((closed_at IS NULL) = (gate_shuts_at IS NULL)) AND (closed_at <= gate_shuts_at))),
  constraint accounts_credit_limit_check CHECK ((credit_limit_minor >= 0)),
  constraint accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint accounts_emergency_ceiling_check CHECK (((emergency_ceiling >= 0) AND (emergency_ceiling <= 1000))),
  constraint accounts_locale_check CHECK (((length(locale) >= 2) AND (length(locale) <= 35))),
  constraint accounts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint accounts_notice_language_check CHECK (((length(notice_language) >= 2) AND (length(notice_language) <= 35))),
  constraint accounts_number_key UNIQUE (number),
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_plan_check CHECK (((length(plan) >= 1) AND (length(plan) <= 50))),
  constraint accounts_seat_price_minor_range CHECK (((seat_price_minor >= 1) AND (seat_price_minor <= '100000000000'::bigint))),
  constraint accounts_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 63))),
  constraint accounts_slug_key UNIQUE (slug),
  constraint accounts_terms_days_check CHECK (((terms_days >= 0) AND (terms_days <= 365))),
  constraint accounts_test_clock_check CHECK (((test_clock_offset_ms = 0) OR sandbox)),
  constraint accounts_time_zone_check CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 64)))
);
CREATE INDEX accounts_seeding_idx ON public.accounts USING btree (id) WHERE seeding;

create table agent_identities (
  account_id uuid not null,
  agent_id uuid not null,
  linked_at timestamp with time zone not null,
  provider_id uuid not null,
  subject text not null,
  constraint agent_identities_agent_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agents(account_id, id) ON DELETE CASCADE,
  constraint agent_identities_agent_key UNIQUE (account_id, provider_id, agent_id),
  constraint agent_identities_pkey PRIMARY KEY (account_id, provider_id, subject),
  constraint agent_identities_provider_fkey FOREIGN KEY (account_id, provider_id) REFERENCES identity_providers(account_id, id) ON DELETE CASCADE,
  constraint agent_identities_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
);

create table agents (
  account_id uuid not null,
  activated_at timestamp with time zone,
  created_at timestamp with time zone not null,
  email text not null,
  id uuid not null,
  name text not null,
  revision integer not null default 1,
  role text not null,
  sections text[] not null,
  status text not null,
  time_zone text not null,
  type text not null,
  constraint agents_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint agents_activated_check CHECK (((status <> 'ACTIVE'::text) OR (activated_at IS NOT NULL))),
  constraint agents_email_check CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 320)))),
  constraint agents_email_key UNIQUE (account_id, email),
  constraint agents_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint agents_pkey PRIMARY KEY (account_id, id),
  constraint agents_role_check CHECK ((role = ANY (ARRAY['ACCOUNT_ADMIN'::text, 'AGENT'::text]))),
  constraint agents_status_check CHECK ((status = ANY (ARRAY['INVITED'::text, 'ACTIVE'::text, 'DEACTIVATED'::text]))),
  constraint agents_time_zone_check CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 64))),
  constraint agents_type_check CHECK ((type = ANY (ARRAY['FULL_TIME'::text, 'OCCASIONAL'::text])))
);
CREATE INDEX agents_created_idx ON public.agents USING btree (account_id, created_at, id);
CREATE INDEX agents_words_idx ON public.agents USING btree (account_id, lower((name COLLATE "und-x-icu")), id);

create table api_keys (
  account_id uuid not null,
  agent_id uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  id uuid not null,
  last_used_at timestamp with time zone,
  name text not null,
  revoked_at timestamp with time zone,
  scopes text[] not null,
  secret_hash bytea not null,
  when_no_day_pass text,
  constraint api_keys_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint api_keys_agent_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agents(account_id, id) ON DELETE RESTRICT,
  constraint api_keys_expires_at_check CHECK ((expires_at > created_at)),
  constraint api_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint api_keys_pkey PRIMARY KEY (account_id, id),
  constraint api_keys_scopes_check CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 20))),
  constraint api_keys_secret_hash_check CHECK ((length(secret_hash) = 32)),
  constraint api_keys_when_no_day_pass_check CHECK ((((agent_id IS NULL) = (when_no_day_pass IS NULL)) AND (when_no_day_pass = ANY (ARRAY['CONSUME'::text, 'REJECT'::text]))))
);
CREATE INDEX api_keys_created_idx ON public.api_keys USING btree (account_id, created_at, id);
revoke delete on api_keys from owner;
revoke truncate on api_keys from owner;
revoke update on api_keys from owner;

create table audit_events (
  account_id uuid not null,
  action text not null,
  actor_id uuid,
  actor_kind text,
  after jsonb,
  before jsonb,
  door text not null,
  id uuid not null,
  ip text,
  occurred_at timestamp with time zone not null,
  request_id text not null,
  subject_id uuid not null,
  subject_type text not null,
  user_agent text,
  constraint audit_events_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint audit_events_action_check CHECK ((action ~ '^[a-z_]+\.[a-z_]+$'::text)),
  constraint audit_events_actor_check CHECK ((((actor_kind IS NULL) = (actor_id IS NULL)) AND (actor_kind = ANY (ARRAY['AGENT'::text, 'API_KEY'::text, 'OPERATOR'::text])))),
  constraint audit_events_door_check CHECK ((door = ANY (ARRAY['http'::text, 'websocket'::text, 'sse'::text, 'cli'::text, 'operator'::text]))),
  constraint audit_events_pkey PRIMARY KEY (account_id, id),
  constraint audit_events_request_id_check CHECK (((length(request_id) >= 1) AND (length(request_id) <= 100))),
  constraint audit_events_user_agent_check CHECK ((length(user_agent) <= 500))
);
CREATE INDEX audit_events_converted_idx ON public.audit_events USING btree (account_id, occurred_at, subject_id) WHERE (action = 'agent.converted'::text);
CREATE INDEX audit_events_order_idx ON public.audit_events USING btree (account_id, occurred_at, id);
CREATE INDEX audit_events_subject_idx ON public.audit_events USING btree (account_id, subject_id, occurred_at, id);
revoke delete on audit_events from owner;
revoke truncate on audit_events from owner;
revoke update on audit_events from owner;

create table audit_seals (
  account_id uuid not null,
  event_id uuid not null,
  hash bytea not null,
  sequence integer not null,
  constraint audit_seals_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint audit_seals_event_key UNIQUE (account_id, event_id),
  constraint audit_seals_hash_check CHECK ((length(hash) = 32)),
  constraint audit_seals_pkey PRIMARY KEY (account_id, sequence)
);
revoke delete on audit_seals from owner;
revoke truncate on audit_seals from owner;
revoke update on audit_seals from owner;

create table audit_trails (
  account_id uuid not null,
  adopts_until timestamp with time zone,
  last_hash bytea not null,
  sequence integer not null,
  constraint audit_trails_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint audit_trails_last_hash_check CHECK ((length(last_hash) = 32)),
  constraint audit_trails_pkey PRIMARY KEY (account_id),
  constraint audit_trails_sequence_check CHECK ((sequence >= 0))
);
revoke delete on audit_trails from owner;
revoke truncate on audit_trails from owner;
revoke update on audit_trails from owner;

create table billing (
  account_id uuid not null,
  billing_email text,
  buyer jsonb,
  constraint billing_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint billing_billing_email_check CHECK (((length(billing_email) >= 3) AND (length(billing_email) <= 254))),
  constraint billing_buyer_check CHECK ((jsonb_typeof(buyer) = 'object'::text)),
  constraint billing_pkey PRIMARY KEY (account_id)
);

create table clients (
  account_id uuid not null,
  created_at timestamp with time zone not null,
  external_id text,
  id uuid not null,
  name text not null,
  constraint clients_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint clients_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 200))),
  constraint clients_external_id_key UNIQUE (account_id, external_id),
  constraint clients_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint clients_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX clients_words_idx ON public.clients USING btree (account_id, lower((name COLLATE "und-x-icu")), id);

create table consumptions (
  account_id uuid not null,
  agent_id uuid not null,
  client_id uuid,
  confirmation_id uuid not null,
  consent_at timestamp with time zone,
  consent_locale text,
  consent_notice text,
  emergency boolean not null,
  expires_at timestamp with time zone not null,
  id uuid not null,
  local_date date not null,
  lot_id uuid,
  price_currency text,
  price_minor bigint,
  reversed_at timestamp with time zone,
  sequence integer not null,
  session_key_id uuid,
  source text not null,
  starts_at timestamp with time zone not null,
  ticket_id uuid,
  time_zone text not null,
  tzdata_version text not null,
  utc_offset_minutes integer not null,
  wallet_id uuid not null,
  constraint consumptions_agent_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agents(account_id, id) ON DELETE RESTRICT,
  constraint consumptions_client_fkey FOREIGN KEY (account_id, client_id) REFERENCES clients(account_id, id) ON DELETE RESTRICT,
  constraint consumptions_confirmation_key UNIQUE (account_id, confirmation_id),
  constraint consumptions_consent_check CHECK ((((consent_notice IS NULL) = (source = 'API_KEY'::text)) AND ((consent_notice IS NULL) = (consent_locale IS NULL)) AND ((consent_notice IS NULL) = (consent_at IS NULL)))),
  constraint consumptions_length_check CHECK (((expires_at > starts_at) AND (expires_at <= (starts_at + '26:00:00'::interval)))),
  constraint consumptions_lot_check CHECK (((lot_id IS NULL) = emergency)),
  constraint consumptions_lot_fkey FOREIGN KEY (account_id, lot_id) REFERENCES lots(account_id, id) ON DELETE RESTRICT,
  constraint consumptions_pkey PRIMARY KEY (account_id, id),
  constraint consumptions_price_check CHECK (((price_minor IS NULL) = (price_currency IS NULL))),
  constraint consumptions_session_check CHECK (((session_key_id IS NULL) OR (consent_notice IS NOT NULL))),
  constraint consumptions_session_key_fkey FOREIGN KEY (account_id, session_key_id) REFERENCES api_keys(account_id, id) ON DELETE RESTRICT,
  constraint consumptions_source_check CHECK ((source = ANY (ARRAY['PORTAL'::text, 'TICKET'::text, 'API_KEY'::text]))),
  constraint consumptions_ticket_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES tickets(account_id, id) ON DELETE RESTRICT,
  constraint consumptions_wallet_fkey FOREIGN KEY (account_id, wallet_id) REFERENCES wallets(account_id, id) ON DELETE RESTRICT
);
CREATE INDEX consumptions_agent_idx ON public.consumptions USING btree (account_id, agent_id, starts_at, id);
CREATE INDEX consumptions_client_idx ON public.consumptions USING btree (account_id, client_id, starts_at, id) WHERE (client_id IS NOT NULL);
CREATE INDEX consumptions_expires_idx ON public.consumptions USING btree (account_id, expires_at, id);
CREATE INDEX consumptions_reversed_idx ON public.consumptions USING btree (account_id, agent_id, local_date, time_zone) WHERE (reversed_at IS NOT NULL);
CREATE INDEX consumptions_starts_idx ON public.consumptions USING btree (account_id, starts_at, id);
CREATE INDEX consumptions_ticket_idx ON public.consumptions USING btree (account_id, ticket_id, starts_at, id) WHERE (ticket_id IS NOT NULL);
revoke delete on consumptions from owner;
revoke truncate on consumptions from owner;
revoke update on consumptions from owner;

create table day_pass_prices (
  currency text not null,
  example boolean not null,
  minimum_quantity integer not null,
  pack_size integer not null default 1,
  plan text not null,
  unit_price_minor bigint not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  constraint day_pass_prices_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint day_pass_prices_pack_size_check CHECK (((pack_size >= 1) AND (pack_size <= 1000000))),
  constraint day_pass_prices_pkey PRIMARY KEY (plan, currency, minimum_quantity, valid_from),
  constraint day_pass_prices_price_check CHECK ((unit_price_minor >= 0)),
  constraint day_pass_prices_quantity_check CHECK ((minimum_quantity >= 1)),
  constraint day_pass_prices_validity_check CHECK ((valid_to > valid_from))
);

create table dev_mails (
  account_id uuid not null,
  body_html text not null,
  body_text text not null,
  id uuid not null,
  recipient text not null,
  sent_at timestamp with time zone not null,
  subject text not null,
  constraint dev_mails_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint dev_mails_pkey PRIMARY KEY (account_id, id)
);

create table due_items (
  account_id uuid not null,
  at timestamp with time zone not null,
  kind text not null,
  subject uuid not null,
  constraint due_items_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint due_items_kind_check CHECK ((kind ~ '^[A-Z][A-Z_]{0,39}$'::text)),
  constraint due_items_pkey PRIMARY KEY (account_id, kind, subject)
);
CREATE INDEX due_items_at_idx ON public.due_items USING btree (at, account_id);

create table emergency_passes (
  account_id uuid not null,
  consumption_id uuid not null,
  sequence integer not null,
  settled_by_lot_id uuid,
  wallet_id uuid not null,
  constraint emergency_passes_consumption_fkey FOREIGN KEY (account_id, consumption_id) REFERENCES consumptions(account_id, id) ON DELETE RESTRICT,
  constraint emergency_passes_lot_fkey FOREIGN KEY (account_id, settled_by_lot_id) REFERENCES lots(account_id, id) ON DELETE RESTRICT,
  constraint emergency_passes_pkey PRIMARY KEY (account_id, consumption_id)
);
CREATE INDEX emergency_passes_owed_idx ON public.emergency_passes USING btree (account_id, wallet_id, sequence) WHERE (settled_by_lot_id IS NULL);

create table follower_places (
  account_id uuid not null,
  failing_since timestamp with time zone,
  failures integer not null default 0,
  follower text not null,
  retry_at timestamp with time zone,
  sequence integer not null,
  constraint follower_places_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint follower_places_failures_check CHECK ((failures >= 0)),
  constraint follower_places_pkey PRIMARY KEY (account_id, follower),
  constraint follower_places_sequence_check CHECK ((sequence >= 0))
);

create table followers (
  begins_at text not null,
  introduced_at timestamp with time zone not null,
  name text not null,
  constraint followers_begins_at_check CHECK ((begins_at = ANY (ARRAY['FIRST_ENTRY'::text, 'PRESENT_END'::text]))),
  constraint followers_name_check CHECK (((length(name) >= 1) AND (length(name) <= 50))),
  constraint followers_pkey PRIMARY KEY (name)
);

create table identity_providers (
  account_id uuid not null,
  admits_contacts boolean not null,
  algorithms text[] not null,
  audiences text[] not null,
  client_id text,
  created_at timestamp with time zone not null,
  email_claim text not null,
  enabled boolean not null,
  id uuid not null,
  issuer text not null,
  name text not null,
  revision integer not null,
  scopes text[] not null,
  trusts_email boolean not null,
  constraint identity_providers_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint identity_providers_algorithms_check CHECK (((cardinality(algorithms) >= 1) AND (algorithms <@ ARRAY['RS256'::text, 'RS384'::text, 'RS512'::text, 'PS256'::text, 'PS384'::text, 'PS512'::text, 'ES256'::text, 'ES384'::text, 'ES512'::text, 'EdDSA'::text, 'Ed25519'::text]))),
  constraint identity_providers_audiences_check CHECK (((cardinality(audiences) >= 1) AND (cardinality(audiences) <= 10))),
  constraint identity_providers_claim_check CHECK (((length(email_claim) >= 1) AND (length(email_claim) <= 100))),
  constraint identity_providers_client_check CHECK (((length(client_id) >= 1) AND (length(client_id) <= 200))),
  constraint identity_providers_issuer_check CHECK (((length(issuer) >= 1) AND (length(issuer) <= 500))),
  constraint identity_providers_issuer_key UNIQUE (account_id, issuer),
  constraint identity_providers_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint identity_providers_pkey PRIMARY KEY (account_id, id),
  constraint identity_providers_scopes_check CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 20)))
);

create table invitation_mails (
  account_id uuid not null,
  address text not null,
  id uuid not null,
  send_at timestamp with time zone not null,
  constraint invitation_mails_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint invitation_mails_address_check CHECK (((length(address) >= 1) AND (length(address) <= 320))),
  constraint invitation_mails_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX invitation_mails_address_idx ON public.invitation_mails USING btree (account_id, address, send_at);
CREATE INDEX invitation_mails_send_at_idx ON public.invitation_mails USING btree (account_id, send_at);

create table invitations (
  account_id uuid not null,
  agent_id uuid not null,
  expires_at timestamp with time zone not null,
  id uuid not null,
  token_hash bytea not null,
  used_at timestamp with time zone,
  constraint invitations_agent_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agents(account_id, id) ON DELETE RESTRICT,
  constraint invitations_agent_key UNIQUE (account_id, agent_id),
  constraint invitations_pkey PRIMARY KEY (account_id, id),
  constraint invitations_token_hash_check CHECK ((length(token_hash) = 32))
);

create table invoice_series (
  account_id uuid not null,
  last_number integer not null,
  series text not null,
  constraint invoice_series_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint invoice_series_last_number_check CHECK ((last_number > 0)),
  constraint invoice_series_pkey PRIMARY KEY (account_id, series)
);

create table invoices (
  account_id uuid not null,
  corrects_id uuid,
  currency text not null,
  digest text not null,
  document text not null,
  due_on date,
  id uuid not null,
  issued_at timestamp with time zone not null,
  issued_on date not null,
  kind text not null,
  net_minor bigint not null,
  order_id uuid not null,
  place integer not null,
  quantity integer not null,
  sequence integer not null,
  series text not null,
  tax_minor bigint not null,
  wallet_id uuid not null,
  constraint invoices_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint invoices_amounts_check CHECK (((net_minor >= 0) AND (tax_minor >= 0))),
  constraint invoices_corrects_fkey FOREIGN KEY (account_id, corrects_id) REFERENCES invoices(account_id, id) ON DELETE RESTRICT,
  constraint invoices_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint invoices_kind_check CHECK ((((kind = 'INVOICE'::text) AND (corrects_id IS NULL)) OR ((kind = 'CREDIT_NOTE'::text) AND (corrects_id IS NOT NULL)))),
  constraint invoices_order_fkey FOREIGN KEY (account_id, order_id) REFERENCES orders(account_id, id) ON DELETE RESTRICT,
  constraint invoices_pkey PRIMARY KEY (account_id, id),
  constraint invoices_place_check CHECK ((place > 0)),
  constraint invoices_place_key UNIQUE (account_id, series, place),
  constraint invoices_quantity_check CHECK ((quantity >= 0)),
  constraint invoices_sequence_key UNIQUE (account_id, sequence),
  constraint invoices_wallet_fkey FOREIGN KEY (account_id, wallet_id) REFERENCES wallets(account_id, id) ON DELETE RESTRICT
);
CREATE INDEX invoices_corrects_idx ON public.invoices USING btree (account_id, corrects_id);
CREATE INDEX invoices_order_idx ON public.invoices USING btree (account_id, order_id);

create table job_outbox (
  account_id uuid not null,
  id uuid not null,
  payload text not null,
  run_at timestamp with time zone,
  set_aside_at timestamp with time zone,
  task text not null,
  constraint job_outbox_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint job_outbox_payload_check CHECK (((length(payload) >= 2) AND (length(payload) <= 10000))),
  constraint job_outbox_pkey PRIMARY KEY (account_id, id),
  constraint job_outbox_task_check CHECK (((length(task) >= 1) AND (length(task) <= 100)))
);

create table journal_entries (
  account_id uuid not null,
  actor_id uuid,
  actor_kind text,
  agent_id uuid,
  balance integer not null,
  command_id uuid not null,
  consumption_id uuid,
  delta integer not null,
  hash bytea not null,
  id uuid not null,
  key text,
  key_digest text,
  kind text not null,
  occurred_at timestamp with time zone not null,
  payload text not null,
  sequence integer not null,
  wallet_id uuid not null,
  wallet_sequence integer not null,
  constraint journal_entries_actor_check CHECK ((((actor_kind IS NULL) = (actor_id IS NULL)) AND (actor_kind = ANY (ARRAY['AGENT'::text, 'API_KEY'::text, 'OPERATOR'::text])))),
  constraint journal_entries_hash_check CHECK ((length(hash) = 32)),
  constraint journal_entries_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint journal_entries_key_key UNIQUE (account_id, kind, key),
  constraint journal_entries_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 50))),
  constraint journal_entries_payload_check CHECK (((length(payload) >= 2) AND (length(payload) <= 200000))),
  constraint journal_entries_pkey PRIMARY KEY (account_id, sequence),
  constraint journal_entries_wallet_fkey FOREIGN KEY (account_id, wallet_id) REFERENCES wallets(account_id, id) ON DELETE RESTRICT
);
CREATE INDEX journal_entries_wallet_idx ON public.journal_entries USING btree (account_id, wallet_id, wallet_sequence);
revoke delete on journal_entries from owner;
revoke truncate on journal_entries from owner;
revoke update on journal_entries from owner;

create table journals (
  account_id uuid not null,
  last_hash bytea not null,
  last_instant timestamp with time zone not null,
  sequence integer not null default 0,
  constraint journals_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint journals_last_hash_check CHECK ((length(last_hash) = 32)),
  constraint journals_pkey PRIMARY KEY (account_id),
  constraint journals_sequence_check CHECK ((sequence >= 0))
);

create table lots (
  account_id uuid not null,
  created_at timestamp with time zone not null,
  currency text,
  expires_at timestamp with time zone,
  id uuid not null,
  priority smallint not null default 0,
  quantity integer not null,
  remaining integer not null,
  sequence integer not null,
  unit_price_minor bigint,
  wallet_id uuid not null,
  constraint lots_money_check CHECK (((unit_price_minor IS NULL) = (currency IS NULL))),
  constraint lots_pkey PRIMARY KEY (account_id, id),
  constraint lots_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000000))),
  constraint lots_remaining_check CHECK (((remaining >= 0) AND (remaining <= quantity))),
  constraint lots_unit_price_check CHECK ((unit_price_minor >= 0)),
  constraint lots_wallet_fkey FOREIGN KEY (account_id, wallet_id) REFERENCES wallets(account_id, id) ON DELETE RESTRICT
);
CREATE INDEX lots_due_idx ON public.lots USING btree (expires_at, account_id) WHERE (remaining > 0);
CREATE INDEX lots_open_idx ON public.lots USING btree (account_id, wallet_id, priority, expires_at, sequence) WHERE (remaining > 0);

create table notice_channels (
  account_id uuid not null,
  created_at timestamp with time zone not null,
  failing_since timestamp with time zone,
  id uuid not null,
  kind text not null,
  name text not null,
  notices text[] not null,
  retry_at timestamp with time zone,
  sealed_url bytea not null,
  constraint notice_channels_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint notice_channels_kind_check CHECK ((kind = ANY (ARRAY['SLACK'::text, 'TEAMS'::text]))),
  constraint notice_channels_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint notice_channels_pkey PRIMARY KEY (account_id, id),
  constraint notice_channels_sealed_url_check CHECK (((length(sealed_url) >= 29) AND (length(sealed_url) <= 9000)))
);

create table notice_settings (
  account_id uuid not null,
  agent_id uuid not null,
  language text,
  mails_off text[] not null default '{}'::text[],
  read_through integer not null default 0,
  constraint notice_settings_agent_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agents(account_id, id) ON DELETE CASCADE,
  constraint notice_settings_language_check CHECK (((length(language) >= 2) AND (length(language) <= 35))),
  constraint notice_settings_pkey PRIMARY KEY (account_id, agent_id),
  constraint notice_settings_read_through_check CHECK ((read_through >= 0))
);

create table notices (
  account_id uuid not null,
  agent_id uuid,
  balance integer,
  created_at timestamp with time zone not null,
  facts jsonb not null,
  id uuid not null,
  kind text not null,
  number integer not null,
  occurred_at timestamp with time zone not null,
  sequence integer,
  threshold integer,
  wallet_id uuid,
  constraint notices_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint notices_agent_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agents(account_id, id) ON DELETE CASCADE,
  constraint notices_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 50))),
  constraint notices_number_check CHECK ((number >= 1)),
  constraint notices_number_key UNIQUE (account_id, number),
  constraint notices_pkey PRIMARY KEY (account_id, id),
  constraint notices_wallet_fkey FOREIGN KEY (account_id, wallet_id) REFERENCES wallets(account_id, id) ON DELETE CASCADE
);
CREATE INDEX notices_agent_index ON public.notices USING btree (account_id, agent_id, number);
CREATE INDEX notices_created_index ON public.notices USING btree (created_at);
CREATE INDEX notices_wallet_index ON public.notices USING btree (account_id, wallet_id, kind, threshold, number);

create table orders (
  account_id uuid not null,
  back_minor bigint not null default 0,
  canceled_at timestamp with time zone,
  credit_first boolean not null,
  credited_at timestamp with time zone,
  currency text not null,
  gross_minor bigint not null,
  id uuid not null,
  net_minor bigint not null,
  notes_minor bigint not null default 0,
  number text not null,
  open_minor bigint not null generated always as (GREATEST((0)::bigint, (((gross_minor - notes_minor) - received_minor) + back_minor)) * ((canceled_at IS NULL))::integer) stored,
  paid_at timestamp with time zone,
  place integer not null,
  placed_at timestamp with time zone not null,
  placed_by uuid,
  purchase_order_number text,
  quantity integer not null,
  received_minor bigint not null default 0,
  sequence integer not null,
  tax_basis_points integer,
  tax_category text,
  tax_minor bigint,
  tax_note text,
  terms_days integer not null,
  unit_price_minor bigint not null,
  wallet_id uuid not null,
  constraint orders_agent_fkey FOREIGN KEY (account_id, placed_by) REFERENCES agents(account_id, id) ON DELETE RESTRICT,
  constraint orders_counters_check CHECK (((received_minor >= 0) AND (back_minor >= 0) AND ((notes_minor >= 0) AND (notes_minor <= gross_minor)))),
  constraint orders_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint orders_end_check CHECK (((credited_at IS NULL) OR (canceled_at IS NULL))),
  constraint orders_gross_check CHECK ((gross_minor = (net_minor + COALESCE(tax_minor, (0)::bigint)))),
  constraint orders_net_check CHECK ((net_minor = (unit_price_minor * quantity))),
  constraint orders_pkey PRIMARY KEY (account_id, id),
  constraint orders_place_key UNIQUE (account_id, place),
  constraint orders_purchase_order_check CHECK (((length(purchase_order_number) >= 1) AND (length(purchase_order_number) <= 50))),
  constraint orders_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000000))),
  constraint orders_sequence_key UNIQUE (account_id, sequence),
  constraint orders_wallet_fkey FOREIGN KEY (account_id, wallet_id) REFERENCES wallets(account_id, id) ON DELETE RESTRICT
);
CREATE INDEX orders_open_idx ON public.orders USING btree (account_id, open_minor) WHERE ((open_minor > 0) AND (credited_at IS NOT NULL));

create table payment_attempts (
  account_id uuid not null,
  gateway text not null,
  id uuid not null,
  order_id uuid not null,
  received_minor bigint not null,
  received_on date,
  recorded_at timestamp with time zone not null,
  reference text not null,
  refunded_minor bigint not null,
  reinstated_minor bigint not null,
  withdrawn_minor bigint not null,
  constraint payment_attempts_counters_check CHECK (((received_minor >= 0) AND (refunded_minor >= 0) AND (withdrawn_minor >= 0) AND (reinstated_minor >= 0))),
  constraint payment_attempts_order_fkey FOREIGN KEY (account_id, order_id) REFERENCES orders(account_id, id) ON DELETE RESTRICT,
  constraint payment_attempts_pkey PRIMARY KEY (account_id, id),
  constraint payment_attempts_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 200))),
  constraint payment_attempts_reference_key UNIQUE (account_id, order_id, gateway, reference)
);

create table plans (
  created_at timestamp with time zone not null default clock_timestamp(),
  name text not null,
  constraint plans_name_check CHECK (((length(name) >= 1) AND (length(name) <= 50))),
  constraint plans_pkey PRIMARY KEY (name)
);

create table provider_documents (
  account_id uuid not null,
  authorization_endpoint text not null,
  fetched_at timestamp with time zone not null,
  keys text not null,
  provider_id uuid not null,
  token_endpoint text not null,
  constraint provider_documents_pkey PRIMARY KEY (account_id, provider_id),
  constraint provider_documents_provider_fkey FOREIGN KEY (account_id, provider_id) REFERENCES identity_providers(account_id, id) ON DELETE CASCADE
);

create table purchases (
  account_id uuid not null,
  currency text not null,
  id uuid not null,
  lot_id uuid not null,
  order_id uuid,
  purchased_at timestamp with time zone not null,
  purchased_by uuid,
  quantity integer not null,
  sequence integer not null,
  total_minor bigint not null,
  unit_price_minor bigint not null,
  wallet_id uuid not null,
  constraint purchases_agent_fkey FOREIGN KEY (account_id, purchased_by) REFERENCES agents(account_id, id) ON DELETE RESTRICT,
  constraint purchases_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint purchases_lot_fkey FOREIGN KEY (account_id, lot_id) REFERENCES lots(account_id, id) ON DELETE RESTRICT,
  constraint purchases_order_fkey FOREIGN KEY (account_id, order_id) REFERENCES orders(account_id, id) ON DELETE RESTRICT,
  constraint purchases_order_key UNIQUE (account_id, order_id),
  constraint purchases_pkey PRIMARY KEY (account_id, id),
  constraint purchases_total_check CHECK ((total_minor = (unit_price_minor * quantity))),
  constraint purchases_wallet_fkey FOREIGN KEY (account_id, wallet_id) REFERENCES wallets(account_id, id) ON DELETE RESTRICT
);
CREATE INDEX purchases_order_idx ON public.purchases USING btree (account_id, sequence, id);
revoke delete on purchases from owner;
revoke truncate on purchases from owner;
revoke update on purchases from owner;

create table running_passes (
  account_id uuid not null,
  agent_id uuid not null,
  consumption_id uuid not null,
  expires_at timestamp with time zone not null,
  wallet_id uuid not null,
  constraint running_passes_agent_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agents(account_id, id) ON DELETE RESTRICT,
  constraint running_passes_consumption_fkey FOREIGN KEY (account_id, consumption_id) REFERENCES consumptions(account_id, id) ON DELETE RESTRICT,
  constraint running_passes_pkey PRIMARY KEY (account_id, agent_id)
);
CREATE INDEX running_passes_due_idx ON public.running_passes USING btree (expires_at, account_id);

create table sellers (
  exemption_note text,
  id uuid not null,
  invoice_prefix text not null,
  party jsonb not null,
  payment_account text,
  set_at timestamp with time zone not null,
  set_by text not null,
  tax_registrations jsonb not null default '[]'::jsonb,
  constraint sellers_exemption_note_check CHECK (((length(exemption_note) >= 1) AND (length(exemption_note) <= 500))),
  constraint sellers_invoice_prefix_check CHECK ((invoice_prefix ~ '^[A-Z0-9]{1,10}$'::text)),
  constraint sellers_party_check CHECK ((jsonb_typeof(party) = 'object'::text)),
  constraint sellers_payment_account_check CHECK (((length(payment_account) >= 1) AND (length(payment_account) <= 500))),
  constraint sellers_pkey PRIMARY KEY (id),
  constraint sellers_tax_registrations_check CHECK ((jsonb_typeof(tax_registrations) = 'array'::text))
);
CREATE INDEX sellers_set_at_idx ON public.sellers USING btree (set_at, id);

create table service_secrets (
  name text not null,
  value bytea not null,
  constraint service_secrets_pkey PRIMARY KEY (name),
  constraint service_secrets_value_check CHECK ((length(value) = 32))
);

create table state_revisions (
  account_id uuid not null,
  notices integer not null default 0,
  revision bigint not null default 0,
  constraint state_revisions_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint state_revisions_pkey PRIMARY KEY (account_id)
);

create table tax_rates (
  basis_points integer not null,
  category text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  country text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  constraint tax_rates_category_check CHECK ((((category = 'S'::text) AND ((basis_points >= 1) AND (basis_points <= 10000))) OR ((category = ANY (ARRAY['Z'::text, 'E'::text])) AND (basis_points = 0)))),
  constraint tax_rates_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint tax_rates_pkey PRIMARY KEY (country, valid_from),
  constraint tax_rates_valid_check CHECK ((valid_to > valid_from))
);

create table ticket_replies (
  account_id uuid not null,
  agent_id uuid,
  author_name text not null,
  body text not null,
  created_at timestamp with time zone not null,
  id uuid not null,
  key text not null,
  key_digest text not null,
  ticket_id uuid not null,
  ticket_revision integer not null,
  constraint ticket_replies_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint ticket_replies_agent_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agents(account_id, id) ON DELETE RESTRICT,
  constraint ticket_replies_author_name_check CHECK (((length(author_name) >= 1) AND (length(author_name) <= 200))),
  constraint ticket_replies_body_check CHECK (((length(body) >= 1) AND (length(body) <= 20000))),
  constraint ticket_replies_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint ticket_replies_key_key UNIQUE (account_id, key),
  constraint ticket_replies_order_key UNIQUE (account_id, ticket_id, ticket_revision),
  constraint ticket_replies_pkey PRIMARY KEY (account_id, id),
  constraint ticket_replies_ticket_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES tickets(account_id, id) ON DELETE RESTRICT
);

create table tickets (
  account_id uuid not null,
  assignee_id uuid,
  client_id uuid,
  created_at timestamp with time zone not null,
  description text not null,
  external_id text,
  id uuid not null,
  number integer not null,
  priority text not null,
  requester_email text not null,
  requester_name text not null,
  revision integer not null default 1,
  status text not null,
  subject text not null,
  updated_at timestamp with time zone not null,
  constraint tickets_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint tickets_assignee_fkey FOREIGN KEY (account_id, assignee_id) REFERENCES agents(account_id, id) ON DELETE RESTRICT,
  constraint tickets_client_fkey FOREIGN KEY (account_id, client_id) REFERENCES clients(account_id, id) ON DELETE RESTRICT,
  constraint tickets_description_check CHECK ((length(description) <= 50000)),
  constraint tickets_external_id_key UNIQUE (account_id, external_id),
  constraint tickets_number_check CHECK ((number > 0)),
  constraint tickets_number_key UNIQUE (account_id, number),
  constraint tickets_pkey PRIMARY KEY (account_id, id),
  constraint tickets_priority_check CHECK ((priority = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text, 'URGENT'::text]))),
  constraint tickets_requester_email_check CHECK ((requester_email = lower(requester_email))),
  constraint tickets_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'PENDING'::text, 'RESOLVED'::text, 'CLOSED'::text]))),
  constraint tickets_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 500)))
);
CREATE INDEX tickets_assigned_idx ON public.tickets USING btree (account_id, assignee_id, created_at, id);
CREATE INDEX tickets_client_idx ON public.tickets USING btree (account_id, client_id, number);
CREATE INDEX tickets_created_idx ON public.tickets USING btree (account_id, created_at, id);
CREATE INDEX tickets_requested_idx ON public.tickets USING btree (account_id, requester_email, created_at, id);
CREATE INDEX tickets_updated_idx ON public.tickets USING btree (account_id, updated_at, id);

create table wallets (
  account_id uuid not null,
  balance integer not null default 0,
  client_id uuid,
  created_at timestamp with time zone not null,
  emergency_allowance integer not null default 0,
  frozen_at timestamp with time zone,
  id uuid not null,
  last_hash bytea not null,
  last_sequence integer not null default 0,
  last_wallet_sequence integer not null default 0,
  low_balance_threshold integer,
  lower_thresholds integer[] not null default '{}'::integer[],
  name text not null,
  constraint wallets_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint wallets_allowance_check CHECK (((emergency_allowance >= 0) AND (emergency_allowance <= 1000))),
  constraint wallets_balance_ceiling_check CHECK ((balance <= 1000000000)),
  constraint wallets_balance_floor_check CHECK ((balance >= (- emergency_allowance))),
  constraint wallets_client_fkey FOREIGN KEY (account_id, client_id) REFERENCES clients(account_id, id) ON DELETE RESTRICT,
  constraint wallets_client_key UNIQUE (account_id, client_id),
  constraint wallets_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint wallets_pkey PRIMARY KEY (account_id, id),
  constraint wallets_threshold_check CHECK (((low_balance_threshold >= 0) AND (low_balance_threshold <= 1000000000)))
);
CREATE UNIQUE INDEX wallets_own_key ON public.wallets USING btree (account_id) WHERE (client_id IS NULL);

create table webhook_endpoints (
  account_id uuid not null,
  created_at timestamp with time zone not null,
  description text,
  failing_since timestamp with time zone,
  failures integer not null default 0,
  id uuid not null,
  kinds text[] not null,
  last_success_at timestamp with time zone,
  lease uuid,
  lease_until timestamp with time zone,
  paused_at timestamp with time zone,
  previous_secret_until timestamp with time zone,
  replay_after integer,
  replay_sequences integer[],
  replay_through integer,
  retry_at timestamp with time zone,
  secret_version integer not null default 1,
  sequence integer not null,
  state text not null,
  url text not null,
  constraint webhook_endpoints_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint webhook_endpoints_description_check CHECK ((length(description) <= 200)),
  constraint webhook_endpoints_failures_check CHECK ((failures >= 0)),
  constraint webhook_endpoints_lease_check CHECK (((lease IS NULL) = (lease_until IS NULL))),
  constraint webhook_endpoints_pkey PRIMARY KEY (account_id, id),
  constraint webhook_endpoints_replay_check CHECK (((replay_after IS NULL) = (replay_through IS NULL))),
  constraint webhook_endpoints_secret_version_check CHECK ((secret_version >= 1)),
  constraint webhook_endpoints_sequence_check CHECK ((sequence >= 0)),
  constraint webhook_endpoints_state_check CHECK ((state = ANY (ARRAY['ACTIVE'::text, 'PAUSED'::text, 'PAUSED_FAILING'::text]))),
  constraint webhook_endpoints_url_check CHECK (((length(url) >= 1) AND (length(url) <= 2000)))
);

create table webhook_tries (
  account_id uuid not null,
  answer text,
  delivered boolean not null,
  endpoint_id uuid not null,
  error text,
  id uuid not null,
  kind text not null,
  milliseconds integer not null,
  replay boolean not null,
  sequence integer,
  status integer,
  tried_at timestamp with time zone not null,
  constraint webhook_tries_endpoint_fkey FOREIGN KEY (account_id, endpoint_id) REFERENCES webhook_endpoints(account_id, id) ON DELETE CASCADE,
  constraint webhook_tries_milliseconds_check CHECK ((milliseconds >= 0)),
  constraint webhook_tries_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX webhook_tries_newest_index ON public.webhook_tries USING btree (account_id, endpoint_id, tried_at DESC, id DESC);
