import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { PageRequest } from './page.rules';

@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, {
    nullable: true,
    description:
      'The number of items from the start of the list, 0 to 100. Default: 20, if last is not given either.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items after this cursor.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of items from the end of the list, 0 to 100.',
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items before this cursor.' })
  before?: string | null;
}

/** A field that is read only if it is selected: graphql-js calls a value that is a function. */
export type Lazy<Value> = Value | (() => Value | Promise<Value>);

@ObjectType({ description: 'The place of a page in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are more items after this page.' })
  hasNextPage!: Lazy<boolean>;

  @Field(() => Boolean, { description: 'Whether there are more items before this page.' })
  hasPreviousPage!: Lazy<boolean>;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first edge; null if the page is empty.',
  })
  startCursor!: Lazy<string | null>;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last edge; null if the page is empty.',
  })
  endCursor!: Lazy<string | null>;
}

/** One page of a list, in the form of the Relay cursor specification. */
export interface Connection<NodeType> {
  edges: { cursor: Lazy<string>; node: NodeType }[];
  pageInfo: PageInfo;
  totalCount: Lazy<number | null>;
}

/** More are not counted: a client can show "more than 10,000". */
export const totalCountMax = 10_000;

/** The GraphQL types of a connection to one type: `<name>Connection` and `<name>Edge`. */
export function connectionTypeOf<NodeType extends object>(
  name: string,
  nodeType: () => ClassType<NodeType>,
  description: string,
): ClassType<Connection<NodeType>> {
  @ObjectType(`${name}Edge`, { description: `One item of a list of ${name}.` })
  class Edge {
    @Field(() => String, {
      description: 'The opaque cursor of this item. Pass it as `after` or `before`.',
    })
    cursor!: Lazy<string>;

    @Field(nodeType, { description: 'The item itself.' })
    node!: NodeType;
  }

  @ObjectType(`${name}Connection`, { description })
  class ConnectionType implements Connection<NodeType> {
    @Field(() => [Edge], { description: 'The items of this page, in the order of the list.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'The place of this page in the list.' })
    pageInfo!: PageInfo;

    @Field(() => Int, {
      nullable: true,
      description: 'The number of items in the whole list; null if it has more than 10,000.',
    })
    totalCount!: Lazy<number | null>;
  }
  return ConnectionType;
}
