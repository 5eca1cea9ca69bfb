import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const whole = z.number().optional().catch(undefined);

/** A value of another type than the ledger writes counts as left out. */
const shape = z.object({
  lotId: z.string().nullish().catch(undefined),
  settled: z.array(z.string()).optional().catch(undefined),
  purchaseId: text,
  orderId: text,
  quantity: whole,
  unitPriceMinor: whole,
  totalMinor: whole,
  currency: text,
  invoiceId: text,
  number: text,
  netMinor: whole,
  taxMinor: whole,
  digest: text,
});

/** The data about lots, debts and purchases in an entry's payload. */
export type EntryPayload = z.infer<typeof shape>;

/** Reads the stored text of a payload; empty if the text is no longer JSON. */
export function readPayload(payloadText: string): EntryPayload {
  try {
    return shape.parse(JSON.parse(payloadText));
  } catch {
    return {};
  }
}
