import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import { createLog, type Log } from '../../../src/core/log';
import { readConfig } from '../../../src/core/config';
import { startService, type Service } from '../../../src/service';
import { createTestDatabase } from './database';
import { postJson } from './json-over-http';
import { assertCodesAreDeclared } from '../schema/declared-codes';
import { testEnvironment } from './environment';

export interface TestService extends Service {
  /** Sends one operation over HTTP, as a client would. */
  request<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    options?: { token?: string; variables?: Variables },
  ): Promise<GraphQLAnswer<Data>>;
}

export interface GraphQLAnswer<Data> {
  status: number;
  data: Data | null;
  errors: readonly GraphQLFormattedError[];
}

/** For tests that ask for more at once than any portal does: thousands of paths, long messages. */
export const wideLimits = {
  DAYPASS_MAX_DOCUMENT_BYTES: '1000000',
  DAYPASS_MAX_TOKENS: '100000',
  DAYPASS_MAX_FIELDS: '10000',
  DAYPASS_MAX_DEPTH: '100',
  DAYPASS_MAX_ALIASES: '10000',
  DAYPASS_MAX_COST: '10000000',
  DAYPASS_MAX_SUBSCRIPTION_COST: '10000000',
  DAYPASS_COST_BUCKET: '100000000',
};

/** The real service on a free port with a database of its own, the demo seeded only if asked for. */
export async function startTestService(
  environment: Record<string, string> = {},
  log?: Log,
): Promise<TestService> {
  const database = await createTestDatabase();
  const config = readConfig(testEnvironment({ DATABASE_URL: database.url, ...environment }));
  const service = await startService(config, log ?? createLog(config));
  return {
    ...service,
    request: (document, options) => request(service.url, document, options),
    async stop() {
      await service.stop();
      await database.drop();
    },
  };
}

/** One operation by POST to the service at `url`. */
export async function request<Data, Variables>(
  url: string,
  document: TypedDocumentNode<Data, Variables>,
  options: { token?: string; variables?: Variables } = {},
): Promise<GraphQLAnswer<Data>> {
  const { status, body } = (await postJson(
    `${url}/graphql`,
    { query: textOf(document), variables: options.variables },
    options.token,
  )) as { status: number; body: { data?: Data; errors?: GraphQLFormattedError[] } };
  assertCodesAreDeclared(document, body.data ?? null);
  return { status, data: body.data ?? null, errors: body.errors ?? [] };
}

const texts = new WeakMap<DocumentNode, string>();

/** The document as text, which is printed once. */
function textOf(document: DocumentNode): string {
  const text = texts.get(document) ?? print(document);
  texts.set(document, text);
  return text;
}
