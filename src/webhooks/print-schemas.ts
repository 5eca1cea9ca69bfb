import { z } from 'zod';
import { entryKinds, type EntryKind } from '../ledger/entries/entry-kinds';
import { eventTypeOf, testEventType } from './event-type.rules';
import { bodySchemaOf } from './payload';

/** The JSON Schemas of all bodies, by the name of their file in `schema/webhooks`. */
export function printWebhookSchemas(): Map<string, string> {
  const kinds = [...(Object.keys(entryKinds) as EntryKind[]), testEventType] as const;
  return new Map(
    kinds.map((kind) => {
      const type = kind === testEventType ? testEventType : eventTypeOf(kind);
      // Fields may be added, so a receiver must accept unknown ones.
      const schema = z.toJSONSchema(bodySchemaOf(kind), { io: 'input', override: withoutBounds });
      const text = JSON.stringify({ title: type, ...schema }, null, 2);
      return [`${type}.json`, `${text}\n`] as const;
    }),
  );
}

/** That a whole number is one of JavaScript's safe ones says nothing to a reader. */
function withoutBounds({ jsonSchema }: { jsonSchema: { minimum?: number; maximum?: number } }) {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
