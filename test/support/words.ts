/** A habit of language to avoid, and the words to write instead. */
export interface Habit {
  avoid: RegExp;
  write: string;
}

/** What may stand between two words of a phrase: blanks, a comment's margin, or the seam of two strings. */
const gap = String.raw`(?:[\s*#>]|//|['"\x60]\s*\+\s*['"\x60])+`;

/** A habit from a pattern in which each blank stands for any gap between two words. */
export function habit(pattern: string, write: string): Habit {
  return { avoid: new RegExp(pattern.replaceAll(' ', gap), 'g'), write };
}

/** Each place of a text that has one of the habits, with the better words. */
export function placesOf(
  { path, text }: { path: string; text: string },
  habits: readonly Habit[],
): string[] {
  return habits.flatMap(({ avoid, write }) =>
    [...text.matchAll(avoid)].map(({ 0: found, index }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${path}:${line} "${found.replace(/[\s*#>]+/g, ' ').trim()}": write ${write}`;
    }),
  );
}
