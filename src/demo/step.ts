/** One event in an account's past. People and things are named as other systems name them. */
export type Act =
  | { kind: 'enter'; email: string; ticket: string | null; section: string; emergency: boolean }
  | { kind: 'take-back'; email: string; enteredAtMs: number; reason: string }
  | { kind: 'buy'; quantity: number; order: number }
  | { kind: 'give'; quantity: number; expiresAtMs: number; reason: string }
  | { kind: 'set-wallet'; lowBalanceThreshold: number; emergencyAllowance: number }
  | { kind: 'deactivate'; email: string }
  /** This many passes and lots end. */
  | { kind: 'end'; count: number };

/** All that happens at one instant: one batch of the ledger. */
export interface Step {
  atMs: number;
  acts: Act[];
}

/** Brings acts into the order of their instants, those of one instant together. */
export function inSteps(acts: readonly (Act & { atMs: number })[]): Step[] {
  const steps = new Map<number, Step>();
  for (const { atMs, ...act } of acts) {
    const step = steps.get(atMs);
    if (step) step.acts.push(act);
    else steps.set(atMs, { atMs, acts: [act] });
  }
  return [...steps.values()].sort((a, b) => a.atMs - b.atMs);
}

/** The act by which all that ends at one of the instants ends there, and not later. */
export function endsAt(instantsMs: readonly number[], until: number): (Act & { atMs: number })[] {
  const counts = new Map<number, number>();
  for (const atMs of instantsMs) {
    if (atMs <= until) counts.set(atMs, (counts.get(atMs) ?? 0) + 1);
  }
  return [...counts].map(([atMs, count]) => ({ kind: 'end', atMs, count }));
}
