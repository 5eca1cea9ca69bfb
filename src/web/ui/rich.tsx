import { Fragment, type ReactNode } from 'react';

/**
 * A text of the catalogue with something in it that is more than letters: `Read <a>this</a> first.` with
 * `parts={{ a: (text) => <Anchor>{text}</Anchor> }}`. A translator can move it within the sentence.
 */
export function Rich<Part extends string>({
  text,
  parts,
}: {
  text: string;
  parts: Record<Part, (text: string) => ReactNode>;
}) {
  return text.split(/(<\w+>.*?<\/\w+>)/).map((piece, at) => {
    const [, name, inside = ''] = /^<(\w+)>(.*)<\/\1>$/.exec(piece) ?? [];
    const draw = name && Object.hasOwn(parts, name) ? parts[name as Part] : null;
    return draw ? <Fragment key={at}>{draw(inside)}</Fragment> : piece;
  });
}
