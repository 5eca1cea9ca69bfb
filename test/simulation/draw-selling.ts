import type { Random } from './random';
import { limits } from './selling';
import type { Step } from './step';

const processOf = (random: Random) => random.between(0, 1);

/** Payments come in parts, twice, late, too large, and are withdrawn. */
export function drawPayment(random: Random): Step[] {
  const pay: Step = {
    do: 'pay',
    process: processOf(random),
    order: random.fewBack(),
    reference: random.between(1, 3),
    permille: random.weighted([
      [6, 1_000],
      [2, 400],
      [2, 600],
      [1, 1],
      [1, 1_300],
      [0.3, 0],
    ]),
  };
  const twice = random.chance(0.2) ? [{ ...pay, process: processOf(random) }] : [];
  return [pay, ...twice];
}

export function drawWithdrawal(random: Random): Step {
  const [process, order] = [processOf(random), random.fewBack()];
  return { do: 'withdraw', process, order, reference: random.between(1, 3) };
}

/** Some orders are canceled while their payment is recorded. */
export function drawCancel(random: Random): Step[] {
  const order = random.fewBack();
  const cancel: Step = { do: 'cancel-order', process: processOf(random), order };
  if (random.chance(0.6)) return [cancel];
  const [pay] = drawPayment(random) as [Extract<Step, { do: 'pay' }>];
  return random.chance(0.5) ? [{ ...pay, order }, cancel] : [cancel, { ...pay, order }];
}

/** Notes of a few parts of one invoice, so that their rounding errors could add up. */
export function drawNote(random: Random): Step[] {
  const invoice = random.fewBack();
  const process = processOf(random);
  return Array.from({ length: random.pick([1, 1, 2, 4]) }, () => {
    const permille = random.pick([null, 1, 3, 7, 111, 250, 333, 500, 1_000, 1_001]);
    return { do: 'credit', process, invoice, permille };
  });
}

/** The operator changes the terms of the account. */
export function drawTerms(random: Random): Step {
  const set = random.pick([
    () => ({ creditFirst: random.chance(0.5) }),
    () => ({ creditLimitMinor: random.pick([null, null, ...limits]) }),
    () => ({ termsDays: random.pick([0, 14, 30, 30, null]) }),
    () => ({ holdSinceMs: random.pick([null, null, 1]) }),
    () => ({ billingMode: random.pick(['BILLED', 'BILLED', 'UNBILLED'] as const) }),
    () => ({ hasBuyer: random.chance(0.7) }),
    () => ({ basisPoints: random.pick([null, 0, 700, 1_900, 2_123]) }),
  ])();
  return { do: 'set-terms', set };
}

/** An order that waits is paid late: about when it lapses. Or its payment is withdrawn after that. */
export function drawLatePayment(random: Random): Step[] {
  const pay = drawPayment(random);
  const process = processOf(random);
  if (random.chance(0.4)) return drawLateWithdrawal(process);
  const steps: Step[] = [
    { do: 'wait-until', what: 'item', agent: 0, aroundMs: random.between(-1, 1) },
    ...pay,
  ];
  if (random.chance(0.7)) steps.push({ do: 'expire', process });
  return [...steps, { do: 'commit', process, size: random.between(1, 12), fault: 'none' }];
}

/** The newest order has a part of its money when it would lapse, and loses it then. */
function drawLateWithdrawal(process: number): Step[] {
  const named = { process, order: 0, reference: 1 };
  const commit: Step = { do: 'commit', process, size: 12, fault: 'none' };
  const expire: Step = { do: 'expire', process };
  return [
    { do: 'pay', ...named, permille: 400 },
    commit,
    { do: 'wait-until', what: 'item', agent: 0, aroundMs: 0 },
    ...[expire, commit],
    ...[{ do: 'withdraw', ...named } satisfies Step, commit],
    ...[expire, commit],
  ];
}
