import { FieldResolver, Resolver, Root } from 'type-graphql';
import { DayPassEvent } from '../passes/events/event.type';
import { composeEvent } from './payload';

@Resolver(() => DayPassEvent)
export class WebhookBodyResolver {
  @FieldResolver(() => String, {
    description:
      'The body that webhook endpoints receive for this entry, as JSON text: `daypass webhooks listen` forwards it. schema/webhooks has a JSON Schema for each type.',
  })
  webhookBody(@Root() { entry }: DayPassEvent): string {
    return composeEvent(entry).body;
  }
}
