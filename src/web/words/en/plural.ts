import { pluralIn } from '../plural';

/** `plural(3, { one: '# pass', other: '# passes' })` is '3 passes'. */
export const plural = pluralIn('en');
