import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { deskStartsAt } from '../desk/desk';

type Input = Pick<GraphQLArgument | GraphQLInputField, 'name' | 'type' | 'defaultValue'>;

/** One value that a caller may give: an argument, or a field of an input at any depth. */
export interface Leaf {
  /** From the argument on. */
  path: readonly string[];
  /** The field that has the argument, or the input type, e.g. `Query.ticket` or `TicketFilter`. */
  owner: string;
  name: string;
  type: GraphQLInputType;
}

/** All that may be given to a field, found in the schema. */
export function leavesOf(args: readonly Input[], owner: string, above: string[] = []): Leaf[] {
  return args.flatMap(({ name, type }) => {
    const path = [...above, name];
    const inner = getNamedType(type);
    if (isInputObjectType(inner)) {
      return leavesOf(Object.values(inner.getFields()), inner.name, path);
    }
    return [{ path, owner, name, type }];
  });
}

/** Texts that name nothing: free text, which belongs to no account. */
export const words: Record<string, string> = {
  reason: 'For a test',
  name: 'Of a test',
  subject: 'About a test',
  description: 'At length',
  body: 'Written in a test',
  requesterName: 'Rita Quester',
  requesterEmail: 'rita@customer.example',
  locale: 'en',
  by: 'PT0S',
  action: 'agent.updated',
  emailClaim: 'email',
  clientId: 'portal',
  audiences: 'portal',
  scopes: 'openid',
  addressLines: 'Test Road 1',
  postalCode: '53111',
  city: 'Testville',
  region: 'Testshire',
  country: 'DE',
  vatId: 'DE123456789',
  purchaseOrderNumber: 'PO 7',
  registrationId: 'HRB 1',
  electronicAddress: '0088:4035811991021',
  billingEmail: 'bills@customer.example',
  url: 'https://hooks.customer.example/daypass',
  kind: 'DayPassConsumed',
  kinds: 'DayPassConsumed',
  timeZone: 'UTC',
};

/** Whether a text is one that names nothing. */
export const isWords = (name: string) => name in words;

/** A value of each type that is no text and no id. */
const samples: Record<string, unknown> = {
  Int: 1,
  Boolean: true,
  DateTime: '2026-01-01T00:00:00.000Z',
  // A day on which a desk under test has usage.
  Date: deskStartsAt.slice(0, 10),
  Decimal: '1.00',
  TimeZone: 'UTC',
};

/** Arguments that are required for the rest to be used, though their type does not say so. */
const neededBeside = [
  'SetIdentityProviderInput.clientId',
  'CreatePortalSessionInput.agentId',
];

/** Values for required arguments: ids and names of the caller's own. */
export interface OwnValues {
  id(type: string): string;
  text(leaf: Pick<Leaf, 'owner' | 'name'>): string;
}

/** Values for required arguments, and `value` in its place, if there is one. */
export function valuesOf(
  schema: GraphQLSchema,
  args: readonly Input[],
  own: OwnValues,
  given: { owner: string; path: readonly string[]; value?: unknown },
): Record<string, unknown> {
  const { owner, path, value } = given;
  const values: Record<string, unknown> = {};
  for (const { name, type, defaultValue } of args) {
    const isOnPath = path[0] === name;
    const isNeeded =
      (isNonNullType(type) && defaultValue === undefined) ||
      neededBeside.includes(`${owner}.${name}`);
    if (!isOnPath && !isNeeded) continue;
    const inner = getNamedType(type);
    const one = () => {
      if (isOnPath && path.length === 1) return value;
      if (!isInputObjectType(inner)) return sampleOf(schema, { owner, name, type }, own);
      const fields = Object.values(inner.getFields());
      const further = { owner: inner.name, path: isOnPath ? path.slice(1) : [], value };
      return valuesOf(schema, fields, own, further);
    };
    values[name] = isList(type) ? [one()] : one();
  }
  return values;
}

function sampleOf(schema: GraphQLSchema, leaf: Omit<Leaf, 'path'>, own: OwnValues): unknown {
  const inner = getNamedType(leaf.type);
  if (inner.name === 'ID') return own.id(typeNamedBy(schema, leaf));
  if (isEnumType(inner)) return inner.getValues()[0]!.value;
  if (inner.name === 'String') return words[leaf.name] ?? own.text(leaf);
  if (inner.name in samples) return samples[inner.name];
  throw new Error(`Give a sample of the type ${inner.name} in test/support/schema/schema-inputs.ts.`);
}

/** Each value of an enumeration or a flag, else one sample: values that filter or sort a list. */
export function everyValueOf(schema: GraphQLSchema, leaf: Leaf, own: OwnValues): unknown[] {
  const inner = getNamedType(leaf.type);
  if (isEnumType(inner)) return inner.getValues().map((one) => one.name);
  if (inner.name === 'Boolean') return [true, false];
  return [sampleOf(schema, leaf, own)];
}

/** The types that ids name if their own name does not say it. */
const typesByName: Record<string, string> = {
  assigneeId: 'Agent',
  reassignOpenTicketsTo: 'Agent',
  actorId: 'Agent',
  subjectId: 'Agent',
  ids: 'Ticket',
  upTo: 'Notification',
};
const typesByOwner: Record<string, string> = {
  'Query.node': 'Ticket',
  'Subscription.ticketChanged': 'Ticket',
  'Subscription.dayPassOrderChanged': 'DayPassOrder',
};

/** The type of what an id argument names: `walletId` is of the one type whose name ends in Wallet. */
export function typeNamedBy(
  schema: GraphQLSchema,
  { owner, name }: Omit<Leaf, 'path' | 'type'>,
): string {
  const known = typesByName[name] ?? typesByOwner[owner];
  if (known) return known;
  const word = (name === 'id' ? owner.split('.')[1]! : name.replace(/Id$/, '')).toLowerCase();
  const node = schema.getType('Node');
  const types = Object.values(schema.getTypeMap()).filter(
    (type) =>
      'getInterfaces' in type &&
      type.getInterfaces().some((one) => one === node) &&
      type.name.toLowerCase().endsWith(word),
  );
  if (types.length === 1) return types[0]!.name;
  throw new Error(`Say in test/support/schema/schema-inputs.ts of which type ${owner}.${name} is.`);
}

export function isList(type: GraphQLInputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** A value as it is written in an operation's text. */
export function literalOf(value: unknown, type: GraphQLInputType): string {
  const inner = getNamedType(type);
  if (Array.isArray(value)) return `[${value.map((one) => literalOf(one, inner)).join(', ')}]`;
  if (isEnumType(inner)) return String(value);
  if (!isInputObjectType(inner) || typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const fields = inner.getFields();
  const written = Object.entries(value).map(
    ([name, part]) => `${name}: ${literalOf(part, fields[name]!.type)}`,
  );
  return `{ ${written.join(', ')} }`;
}
