import { nextTransition } from '../../src/time/zone-database';

/** Every instant at which the zone's offset changes, in order, from before the first clock. */
export function transitionsOf(zone: string): number[] {
  const transitions: number[] = [];
  let lastMs = -1e14;
  for (;;) {
    const nextMs = nextTransition(zone, lastMs);
    if (nextMs === null) return transitions;
    // Without this a transition that is its own successor would hang the suite, not fail it.
    if (nextMs <= lastMs) throw new Error(`${zone} does not get past ${lastMs}`);
    transitions.push(nextMs);
    lastMs = nextMs;
  }
}
