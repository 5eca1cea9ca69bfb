import type { ReactNode } from 'react';
import { Rich } from '../../ui/rich';
import { writeInstant } from '../../ui/write-instant';
import { words } from '../../words';
import { textOf } from '../../words/text-of';
import { totalOf } from './audit-words';
import { Actor, SubjectName, type Act } from './audit-cells';

type Fields = Record<string, unknown>;

/** An act in one sentence: 'Ada bought 50 day passes for USD 540.00'. */
export function Sentence({ act }: { act: Act }) {
  const before = (act.before ?? {}) as Fields;
  const after = (act.after ?? {}) as Fields;
  const write = Object.hasOwn(words.audit.sentences, act.action)
    ? words.audit.sentences[act.action]
    : undefined;
  // An act that only a newer release knows.
  if (!write) {
    return (
      <>
        <Actor actor={act.actor} /> {textOf(words.audit.actions, act.action) ?? act.action}
      </>
    );
  }
  const text = write({
    quantity: Number(after['quantity'] ?? 0),
    total: totalOf(after),
    reason: textIn(after, 'reason'),
    type: textOf(words.agents.typeInText, textIn(after, 'type')) ?? '',
    now: after['now'] ? writeInstant(textIn(after, 'now')) : '',
  });
  const whom: ReactNode = (
    <SubjectName
      subject={act.subject}
      otherwise={nameIn(after) || nameIn(before) || words.audit.something}
    />
  );
  return <Rich text={text} parts={{ who: () => <Actor actor={act.actor} />, whom: () => whom }} />;
}

/** The name that the act itself has of its subject. */
function nameIn(fields: Fields): string {
  return textIn(fields, 'name') || textIn(fields, 'url') || textIn(fields, 'email');
}

function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
