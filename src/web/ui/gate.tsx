import { useEffect, useRef, type ReactNode } from 'react';
import { apiAddress } from '../api/address';
import type { DayPassGate } from '../gate/day-pass-gate';
import '../gate/day-pass-gate';
import type { DayPassDenied } from '../gate/events';
import { sessions } from '../session/session';

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- where React looks for elements.
  namespace JSX {
    interface IntrinsicElements {
      'day-pass-gate': React.DetailedHTMLProps<React.HTMLAttributes<DayPassGate>, DayPassGate> & {
        'ticket-id'?: string;
        section?: string;
        endpoint?: string;
        credentials?: DayPassGate['credentials'];
        note?: string;
      };
    }
  }
}

/** Why access was denied. */
export type Denial = DayPassDenied['reason'];

const credentials = () => sessions.current?.bearer ?? null;

/**
 * Shows its children while the agent may be in the agent portal. If that needs a day pass, it asks. It is
 * the same element that any portal embeds. `onIn` reports each change of whether the agent is in;
 * `onDenied` reports why not, after a refusal or "Not now".
 */
export function Gate({
  children,
  section,
  ticketId,
  note,
  onIn,
  onDenied,
}: {
  children: ReactNode;
  section?: string;
  ticketId?: string;
  /** A text for the pop-up. */
  note?: string;
  onIn?: (isIn: boolean) => void;
  onDenied?: (reason: Denial) => void;
}) {
  const gate = useRef<DayPassGate>(null);
  const newest = useRef({ onIn, onDenied });
  useEffect(() => {
    newest.current = { onIn, onDenied };
  });
  useEffect(() => {
    const element = gate.current!;
    const enter = () => newest.current.onIn?.(true);
    const leave = () => newest.current.onIn?.(false);
    const deny = ({ detail }: CustomEvent<DayPassDenied>) => {
      leave();
      newest.current.onDenied?.(detail.reason);
    };
    element.addEventListener('day-pass-granted', enter);
    element.addEventListener('day-pass-expired', leave);
    element.addEventListener('day-pass-denied', deny);
    return () => {
      element.removeEventListener('day-pass-granted', enter);
      element.removeEventListener('day-pass-expired', leave);
      element.removeEventListener('day-pass-denied', deny);
    };
  }, []);
  return (
    <day-pass-gate
      ref={gate}
      endpoint={apiAddress()}
      credentials={credentials}
      section={section}
      ticket-id={ticketId}
      note={note}
    >
      {children}
    </day-pass-gate>
  );
}
