import { getNamedType, type GraphQLSchema } from 'graphql';
import type { WalkedDoor } from '../schema/walked-doors';
import { activationToken } from '../../../src/access/activation-token';
import { newId } from '../../../src/core/ids';
import { encodeNodeId, howMany, nodeTypeOf, type FilledDesk } from './filled-desk';
import { ofNothing, relabelled } from './opaque';
import { isWords, typeNamedBy, type Leaf, type OwnValues } from '../schema/schema-inputs';
import { operationOf, type Place } from '../schema/schema-places';

/** One way of naming something: the caller's own, another account's, and what nobody has. */
export interface Naming {
  /** Some of the caller's; none if sending one would use it up. */
  own: string[];
  others: string;
  nobodys: string;
}

const nobody = '01890000-0000-7000-8000-000000000000';

const forgedLink = (named: Parameters<typeof activationToken>[1]) =>
  activationToken(Buffer.alloc(32), named);

async function invoiceNumberOf({ desk }: FilledDesk): Promise<string> {
  const [invoice] = await desk.sql<{ number: string }>(
    `select series || '-' || place as number from invoices where account_id = $1 limit 1`,
  );
  return invoice!.number;
}

function nobodysName(kind: keyof typeof howMany, turn: number): string {
  if (kind === 'email') return `nobody-${turn}@desk.example`;
  return `${kind === 'issuer' ? 'https://login.msp.example/' : ''}nobodys-${turn}`;
}

/** Names for everything that an argument may name, by the table of texts and by the types of ids. */
export class Namings {
  private ownIds = new Map<string, string[]>();
  private othersIds = new Map<string, string[]>();
  private othersToken = '';
  /** A link that names the other account's open invitation, without its secret. */
  private othersLink = '';
  private ownNumber = '';
  private othersNumber = '';
  /** How often something of a kind was named: another each time. */
  private readonly turns = new Map<string, number>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly own: FilledDesk,
    private readonly other: FilledDesk,
    private readonly door: WalkedDoor,
  ) {}

  async load(): Promise<void> {
    const types = this.schema.getPossibleTypes(this.schema.getType('Node') as never);
    for (const type of new Set(types.map(({ name }) => nodeTypeOf(this.schema, name)))) {
      this.ownIds.set(type, await this.own.idsOf(type));
      this.othersIds.set(type, await this.other.idsOf(type));
    }
    this.ownNumber = await invoiceNumberOf(this.own);
    this.othersNumber = await invoiceNumberOf(this.other);
    this.othersToken = await this.other.desk.tokenFor(this.other.outsider);
    const { accountId } = this.other.desk;
    const [open] = await this.other.desk.sql<{ id: string }>(
      'select id from invitations where account_id = $1 and used_at is null',
    );
    this.othersLink = forgedLink({ accountId, invitationId: open!.id });
  }

  /** The caller's own, for values that are required beside the tried one. */
  readonly ownValues: OwnValues = {
    id: (type) => this.idOf(type, this.ownIds),
    text: (leaf) =>
      // A key that was used before would be refused for that alone.
      leaf.name === 'idempotencyKey' ? newId() : this.ofText(leaf)!.own[0]!,
  };

  /** The ways to name something by one value; none if it names nothing. */
  async of(place: Place, leaf: Leaf): Promise<Naming[]> {
    const type = getNamedType(leaf.type).name;
    if (type === 'ID') return this.ofId(place, leaf);
    if (type !== 'String') return [];
    if (isCursor(leaf)) return this.ofCursor(place);
    const naming = this.ofText(leaf);
    return naming ? [naming] : [];
  }

  private ofId({ field }: Place, leaf: Leaf): Naming[] {
    const isAnyNode = field.name === 'node' || field.name === 'nodes';
    const types = isAnyNode
      ? [...this.othersIds.keys()]
      : [nodeTypeOf(this.schema, typeNamedBy(this.schema, leaf))];
    return types.map((type) => ({
      // An admin, an agent who had access and one who has it; a wallet of the account and one of a
      // client.
      own: this.ownIds.get(type)!.slice(0, 3),
      others: this.othersIds.get(type)!.at(-1)!,
      nobodys: encodeNodeId(type, nobody),
    }));
  }

  /** What a text names; null if it names nothing. Add a new argument to this table. */
  private ofText({ owner, name }: Pick<Leaf, 'owner' | 'name'>): Naming | null {
    if (isWords(name)) return null;
    switch (`${owner}.${name}`) {
      case 'ClientFilter.externalIds':
      case 'UpsertClientInput.externalId':
      case 'UpsertTicketInput.clientExternalId':
        return this.named('client');
      case 'InvoiceFilter.number':
        return { own: [this.ownNumber], others: this.othersNumber, nobodys: 'INV-1-2000-1' };
    }
    switch (name) {
      case 'externalId':
      case 'externalIds':
      case 'ticketExternalId':
        return this.named('ticket');
      case 'email':
      case 'assigneeEmail':
        return this.named('email');
      case 'idempotencyKey':
        return this.named('key');
      case 'issuer':
        return this.named('issuer');
      case 'search':
        return { own: [this.own.mark], others: this.other.mark, nobodys: 'nobodys' };
      case 'confirmationToken': {
        const forged = this.other.desk.resign(this.othersToken, { accountId: nobody });
        return { own: [], others: this.othersToken, nobodys: forged };
      }
      // Anybody who has a link's secret may use it, from any place.
      case 'activationToken': {
        const nobodys = forgedLink({ accountId: nobody, invitationId: nobody });
        return { own: [], others: this.othersLink, nobodys };
      }
    }
    throw new Error(
      `Say what ${owner}.${name} names, in test/support/desk/namings.ts; or that it names nothing, among the words in test/support/schema/schema-inputs.ts.`,
    );
  }

  /** Another each time: what the caller calls something by a name has that name from then on. */
  private named(kind: keyof typeof howMany): Naming {
    const turn = 1 + (this.turns.get(kind) ?? 0);
    if (turn >= howMany[kind]) throw new Error(`Open the desk with more of the kind ${kind}.`);
    this.turns.set(kind, turn);
    return {
      own: [this.own.nameOf(kind, 0)],
      others: this.other.nameOf(kind, turn),
      nobodys: nobodysName(kind, turn),
    };
  }

  /**
   * Another account's cursor beside one of no account. And, because anybody can change a cursor:
   * the same with the caller's own account written into it, beside one of a row that does not
   * exist.
   */
  private async ofCursor(place: Place): Promise<Naming[]> {
    const { own, other } = this;
    const mine = await this.cursorOf(place, own, this.ownIds);
    const others = await this.cursorOf(place, other, this.othersIds);
    const moved = relabelled(others, other.desk.accountId, own.desk.accountId);
    return [
      { own: [mine], others, nobodys: relabelled(others, other.desk.accountId, nobody) },
      { own: [], others: moved, nobodys: ofNothing(moved) },
    ];
  }

  /** An agent whose lists are not empty: the first agent is the admin, who uses no passes. */
  private idOf(type: string, ids: Map<string, string[]>): string {
    return ids.get(nodeTypeOf(this.schema, type))![type === 'Agent' ? 1 : 0]!;
  }

  /** A cursor that the field returns in an account. */
  private async cursorOf(
    place: Place,
    { desk }: FilledDesk,
    ids: Map<string, string[]>,
  ): Promise<string> {
    const id = (type: string) => this.idOf(type, ids);
    const asked = { path: [], own: { ...this.ownValues, id }, selection: '{ edges { cursor } }' };
    const text =
      place.operation !== 'query'
        ? '{ account { journalCursor } }'
        : operationOf(this.schema, place, asked).text;
    const answer = JSON.stringify(await this.door.ask(desk.admin.bearer, { type: 'query', text }));
    const cursor = /"(?:cursor|journalCursor)":"([^"]+)"/.exec(answer)?.[1];
    if (!cursor) throw new Error(`${place.owner} gave out no cursor: ${answer}`);
    return cursor;
  }
}

export const isCursor = ({ name }: Pick<Leaf, 'name'>) =>
  ['after', 'before', 'fromCursor', 'toCursor'].includes(name);
