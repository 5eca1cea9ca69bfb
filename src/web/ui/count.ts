const minus = '−';

/** '1,234' and, with a minus that is as wide as a digit, '−3'. */
export function writeCount(count: number): string {
  return `${count < 0 ? minus : ''}${Math.abs(count).toLocaleString('en')}`;
}

/** '+50' or '−1'. */
export function writeDelta(delta: number): string {
  return delta > 0 ? `+${writeCount(delta)}` : writeCount(delta);
}
