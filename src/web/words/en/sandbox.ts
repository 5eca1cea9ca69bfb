import { plural } from './plural';

/** The strip of a sandbox account, with its clock. */
export const sandbox = {
  title: 'Sandbox',
  hour: '+1 h',
  toMidnight: 'To midnight',
  endsOne: (name: string) => `Ends the pass of ${name}`,
  endsTwo: (first: string, second: string) => `Ends the passes of ${first} and ${second}`,
  endsMore: (first: string, others: number) =>
    `Ends the passes of ${first} and ${plural(others, { other: '# others' })}`,
  ownMidnight: 'Your own midnight',
  moving: (to: string) => `Moving to ${to} …`,
  movedElsewhere: 'The clock was moved in another window.',
  moved: (to: string, ended: string) => `The clock is now ${to}; ${ended}.`,
  ended: (count: number) =>
    count === 0 ? 'no pass ended' : plural(count, { one: '# pass ended', other: '# passes ended' }),
  endedOrMore: (count: number) => plural(count, { other: '# or more passes ended' }),
};
