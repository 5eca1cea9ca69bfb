import { newId } from '../../src/core/ids';
import type { CommandOf } from '../../src/ledger/commands';

/** What a click on Proceed becomes, for a ledger that is handed commands without a service. */
export function consumeCommand(of: {
  agentId: string;
  walletId: string;
  timeZone: string;
  localDate: string;
  endsAtMs: number;
}): CommandOf<'consume'> {
  const { endsAtMs, ...pass } = of;
  return {
    ...pass,
    kind: 'consume',
    id: newId(),
    ticketId: null,
    source: 'PORTAL',
    section: 'TICKETS',
    confirmationId: newId(),
    confirmationExpiresAtMs: endsAtMs,
    passExpiresAtMs: endsAtMs,
    price: null,
    emergency: false,
    notice: 'A day pass will be consumed.',
    locale: 'en',
    noticeDiffers: false,
    sessionKeyId: null,
  };
}
