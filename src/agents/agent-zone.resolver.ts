import { FieldResolver, Resolver, Root } from 'type-graphql';
import { ZoneType } from '../accounts/zone.type';
import { AgentType } from './agent.type';

@Resolver(() => AgentType)
export class AgentZoneResolver {
  @FieldResolver(() => ZoneType, { description: "The agent's time zone, with its rules." })
  zone(@Root() { timeZone }: AgentType): ZoneType {
    return { name: timeZone };
  }
}
