import {
  introspectionFromSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLNamedType,
  type IntrospectionScalarType,
} from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres';
import { readPasswords } from '../../src/db/embedded/passwords';
import { migrate } from '../../src/db/migrate';
import { printSchemaSql } from '../../src/db/print-schema-sql';
import { clientCacheOf } from '../../src/server/operation/client-cache';
import { buildApiSchema, printApiSchema } from '../../src/server/operation/schema';
import { printWebhookSchemas } from '../../src/webhooks/print-schemas';
import { createTestDatabase, openTestSource } from '../support/desk/database';
import { createTestFolder } from '../support/folder';
import { root } from '../support/sources';

const committed = (name: string) => readFileSync(path.join(root, 'schema', name), 'utf8');

// After a wanted change of the schema: npm run schema, and read the diff.
test('schema.graphql is what the service emits', () => {
  expect(printApiSchema()).toBe(committed('schema.graphql'));
});

test('client-cache.json matches the schema', () => {
  const cache = clientCacheOf();
  expect(JSON.parse(committed('client-cache.json'))).toEqual(cache);
  expect(cache.possibleTypes.PortalAccess).toEqual(
    expect.arrayContaining(['DayPassRequired', 'PortalAccessGranted']),
  );
  expect(cache.keyFields).toMatchObject({ Viewer: ['id'], Ticket: ['id'], Money: false });
  expect(cache.scalars).toMatchObject({ DateTime: 'string', Decimal: 'string' });
});

test('schema/webhooks has the JSON Schema of each type of webhook, and nothing else', () => {
  const printed = printWebhookSchemas();
  expect(readdirSync(path.join(root, 'schema', 'webhooks')).sort()).toEqual(
    [...printed.keys()].sort(),
  );
  for (const [name, text] of printed) expect(committed(`webhooks/${name}`)).toBe(text);
});

/** Places of directives and kinds of types in the specification of October 2021. */
const placesOf2021 = [
  'QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT',
  'VARIABLE_DEFINITION SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION',
  'ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION',
].flatMap((line) => line.split(' '));

test('introspection is readable by tools that know the specification of 2021', () => {
  const { __schema } = introspectionFromSchema(buildApiSchema());
  const places = __schema.directives.flatMap(({ locations }) => locations);
  expect(places.filter((place) => !placesOf2021.includes(place))).toEqual([]);
  const own = __schema.types.filter(
    ({ kind, name }) =>
      kind === 'SCALAR' && !['ID', 'Int', 'Float', 'String', 'Boolean'].includes(name),
  ) as IntrospectionScalarType[];
  expect(own.length).toBeGreaterThan(3);
  for (const { specifiedByURL } of own) expect(specifiedByURL).toMatch(/^https:/);
});

test('schema.sql is what the migrations make', async () => {
  const database = await createTestDatabase();
  const source = await openTestSource(database.url);
  const printed = await printSchemaSql(source).finally(() => source.destroy());
  await database.drop();
  expect(printed).toBe(committed('schema.sql'));
});

test('schema.sql is the same if a superuser owns the tables', async () => {
  const folder = createTestFolder();
  const server = await startEmbeddedPostgres({ dataDir: folder.path, settings: { fsync: 'off' } });
  try {
    const url = new URL(server.urlOf('daypass'));
    url.username = 'postgres';
    url.password = readPasswords(path.join(server.directory, 'cluster'))!.superuser;
    await migrate(String(url), async (source) => {
      expect(await printSchemaSql(source)).toBe(committed('schema.sql'));
    });
  } finally {
    await server.stop();
    folder.remove();
  }
});

test('everything in the API has a description', () => {
  const types = Object.values(buildApiSchema().getTypeMap());
  const places = types.filter((type) => !isIntrospectionType(type)).flatMap(placesOf);
  expect(places.length).toBeGreaterThan(15);
  const bare = places.filter((place) => !place.description?.trim());
  expect(bare.map((place) => place.name)).toEqual([]);
});

interface Place {
  name: string;
  description?: string | null;
}

/** The type and everything that is declared in it, each by its full name. */
function placesOf(type: GraphQLNamedType): Place[] {
  const isRoot = ['Query', 'Mutation', 'Subscription'].includes(type.name);
  const places: Place[] = isRoot ? [] : [{ name: type.name, description: type.description }];
  const add = (owner: string, parts: readonly Place[]) => {
    for (const { name, description } of parts)
      places.push({ name: `${owner}.${name}`, description });
  };
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      add(type.name, [field]);
      add(`${type.name}.${field.name}`, field.args);
    }
  }
  if (isInputObjectType(type)) add(type.name, Object.values(type.getFields()));
  if (isEnumType(type)) add(type.name, type.getValues());
  return places;
}
