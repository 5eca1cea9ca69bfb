import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { PageRequest } from './page.rules';

@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, {
    nullable: true,
    description:
      'How many, from the beginning: 0 to 100; 20 where neither first nor last is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, from the end: 0 to 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items before this cursor.' })
  before?: string | null;
}

/** A field that is read only where it is asked for: graphql-js calls what is a function. */
export type Lazy<Value> = Value | (() => Value | Promise<Value>);

@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether the list goes on behind the page.' })
  hasNextPage!: Lazy<boolean>;

  @Field(() => Boolean, { description: 'Whether the list has rows before the page.' })
  hasPreviousPage!: Lazy<boolean>;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first edge.',
  })
  startCursor!: Lazy<string | null>;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last edge.',
  })
  endCursor!: Lazy<string | null>;
}

/** One page of a list, as the Relay cursor specification has it. */
export interface Connection<NodeType> {
  edges: { cursor: Lazy<string>; node: NodeType }[];
  pageInfo: PageInfo;
  totalCount: Lazy<number | null>;
}

/** More are not counted: a client that shows "more than 10,000" needs no more than that. */
export const totalCountMax = 10_000;

/** The GraphQL types of a connection to one type: `<name>Connection` and `<name>Edge`. */
export function connectionTypeOf<NodeType extends object>(
  name: string,
  nodeType: () => ClassType<NodeType>,
  description: string,
): ClassType<Connection<NodeType>> {
  @ObjectType(`${name}Edge`, { description: `One place in a list of ${name}.` })
  class Edge {
    @Field(() => String, {
      description: 'The opaque place of this edge in its list.',
    })
    cursor!: Lazy<string>;

    @Field(nodeType, { description: 'What stands at this place.' })
    node!: NodeType;
  }

  @ObjectType(`${name}Connection`, { description })
  class ConnectionType implements Connection<NodeType> {
    @Field(() => [Edge], { description: 'The rows of this page, in the order of the list.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo!: PageInfo;

    @Field(() => Int, {
      nullable: true,
      description: 'How many the whole list has; null where it has more than 10,000.',
    })
    totalCount!: Lazy<number | null>;
  }
  return ConnectionType;
}
