import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** The service's own keys, each for only one purpose. 32 bytes each. */
export interface Secrets {
  /** Signs the bearers of the local issuer. */
  localIssuer: Buffer;
  /** Signs the confirmation tokens of the gate. */
  confirmation: Buffer;
  /** Signs the bearers of portal sessions. */
  portalSession: Buffer;
  /** Makes the tokens of activation links. */
  activation: Buffer;
  /** Signs the links in the mails of invoices. */
  invoiceLink: Buffer;
  /** Makes the secrets that webhooks are signed with. */
  webhook: Buffer;
  /** Seals the addresses of notice channels. */
  noticeChannel: Buffer;
}

const names: Record<keyof Secrets, string> = {
  localIssuer: 'local-issuer',
  confirmation: 'confirmation',
  portalSession: 'portal-session',
  activation: 'activation',
  invoiceLink: 'invoice-link',
  webhook: 'webhook',
  noticeChannel: 'notice-channel',
};

/** Reads the service's secrets; creates missing ones, once for all replicas. */
export async function loadSecrets(source: DataSource): Promise<Secrets> {
  let rows = await readRows(source);
  const missing = Object.values(names).filter((name) => !rows.some((row) => row.name === name));
  for (const name of missing) {
    await source.query(
      'insert into service_secrets (name, value) values ($1, $2) on conflict (name) do nothing',
      [name, randomBytes(32)],
    );
  }
  // Another replica may have created some of them.
  if (missing.length > 0) rows = await readRows(source);
  const read = (name: string) => {
    const row = rows.find((candidate) => candidate.name === name);
    if (!row) throw new Error(`The service secret ${name} is missing.`);
    return row.value;
  };
  return {
    localIssuer: read(names.localIssuer),
    confirmation: read(names.confirmation),
    portalSession: read(names.portalSession),
    activation: read(names.activation),
    invoiceLink: read(names.invoiceLink),
    webhook: read(names.webhook),
    noticeChannel: read(names.noticeChannel),
  };
}

function readRows(source: DataSource): Promise<{ name: string; value: Buffer }[]> {
  return source.query('select name, value from service_secrets');
}
