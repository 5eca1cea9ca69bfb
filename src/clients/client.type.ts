import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import type { ClientRow } from '../db/tables/client';

@Guarded<ClientType>((context) => context.permissions.require('tickets:read'))
@ObjectType('Client', {
  implements: Node,
  description:
    'A client: a customer organisation that the account, a managed service provider, serves.',
})
export class ClientType implements Node {
  @Field(() => ID, { description: 'The opaque id of this client.' })
  id!: string;

  @Field(() => String, { description: 'The display name.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The id that the service desk gave the client; null if it has none.',
  })
  externalId!: string | null;
}

export function toClient({ id, name, externalId }: ClientRow): ClientType {
  return { id: nodeId('Client', id), name, externalId };
}

export const ClientConnection = connectionTypeOf(
  'Client',
  () => ClientType,
  'A page of a list of clients, by name.',
);
