import type { Random } from './random';
import type { EndpointAct, Fate, Step } from './step';

const some = (random: Random) => random.between(0, 999);

/** Few, so that a receiver wants some of them and not others. */
const kinds = ['DayPassConsumed', 'DayPassExpired', 'DayPassReversed', 'DayPassesGranted'];

export function drawEndpoint(random: Random): Step {
  return {
    do: 'add-endpoint',
    fromFirst: random.chance(0.5),
    kinds: random.chance(0.4) ? [] : kinds.filter(() => random.chance(0.5)),
  };
}

/** A turn of one process: mostly a few entries arrive, and then something may happen. */
export function drawDelivery(random: Random): Step {
  const fates = Array.from({ length: random.between(1, 8) }, () =>
    random.weighted<Fate>([
      [30, 'delivered'],
      [2, 'refused'],
      [1, 'late'],
      [1, 'killed'],
      [1, 'killed after it'],
      [1, 'overtaken'],
      [0.3, 'gone'],
    ]),
  );
  return { do: 'deliver', endpoint: some(random), fates, writesOf: random.pick([1, 1, 2, 3]) };
}

/** An admin acts; a paused endpoint is resumed sooner or later. */
export function drawEndpointAct(random: Random): Step {
  const act = random.weighted<EndpointAct>([
    [1, { is: 'paused' }],
    [4, { is: 'resumed' }],
    [1, { is: 'skipped' }],
    [
      2,
      {
        is: 'replayed',
        back: random.between(0, 30),
        length: random.between(1, 12),
        isSingle: random.chance(0.3),
      },
    ],
  ]);
  return { do: 'act-on-endpoint', endpoint: some(random), act };
}
