import type { OverviewFirstStepsQuery } from '../../generated/app';

export interface FirstStep {
  name: 'prices' | 'agents' | 'passes' | 'gate';
  isDone: boolean;
}

/** What an account needs before its first occasional agent can enter, and what of it is there. */
export function firstSteps(
  read: OverviewFirstStepsQuery,
  { sandbox }: { sandbox: boolean },
): FirstStep[] {
  const { dayPassPrices, agents, dayPassEvents, dayPassConsumptions } = read;
  const has = (list: { edges: readonly unknown[] } | null | undefined) =>
    (list?.edges.length ?? 0) > 0;
  const isUsed = has(dayPassConsumptions);
  // The example prices that come with the service are good enough to try it.
  const hasPrices = (dayPassPrices ?? []).some(({ example }) => sandbox || !example);
  return [
    { name: 'prices', isDone: hasPrices || isUsed },
    { name: 'agents', isDone: has(agents) },
    { name: 'passes', isDone: has(dayPassEvents) },
    { name: 'gate', isDone: isUsed },
  ];
}

/** Whether no pass has been bought or granted yet, as far as the list of steps says. */
export function isNewAccount(steps: readonly FirstStep[] | null): boolean {
  return steps?.some(({ name, isDone }) => name === 'passes' && !isDone) ?? false;
}
