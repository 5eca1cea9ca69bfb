/** The doctor's result for one part. */
export interface Finding {
  part: string;
  state: 'ok' | 'warning' | 'broken';
  says: string;
  /** What to do about it; nothing if all is well. */
  advice?: string;
  /** SQL that the advice speaks of, a statement an item. */
  statements?: string[];
}

export function ok(part: string, says: string): Finding {
  return { part, state: 'ok', says };
}

export function warning(part: string, says: string, advice: string): Finding {
  return { part, state: 'warning', says, advice };
}

export function broken(part: string, says: string, advice: string): Finding {
  return { part, state: 'broken', says, advice };
}
