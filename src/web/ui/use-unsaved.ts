import { useEffect, useRef } from 'react';
import { keep, readKept, type Keeping } from '../session/kept';
import { sessions } from '../session/session';
import { useViewer } from '../session/viewer';
import { words } from '../words';
import { sayDone } from './say-done';

/** Somebody who has to sign in again does so soon. */
const keptForMs = 3_600_000;

/**
 * What a person has typed into a form and not saved outlives the end of the sign-in: in this tab, for this
 * person, for an hour. After the next sign-in it is in the form again, not yet saved. Who signs out gives it
 * up. `of` names what the form changes.
 */
export function useUnsaved<Values extends object>(
  of: string,
  form: { changed: () => Values; putBack: (values: Values) => void },
): void {
  const { agent } = useViewer();
  const name = agent && `form ${agent.id} ${of}`;
  const newest = useRef(form);
  useEffect(() => {
    newest.current = form;
  });
  useEffect(() => {
    if (!name) return;
    const keeping: Keeping = { name, in: 'tab', forMs: keptForMs };
    const kept = readKept<Values>(keeping);
    if (kept) {
      keep(keeping, null);
      newest.current.putBack(kept);
      // Once for all forms of a page.
      sayDone(words.ui.unsavedBack, 'unsaved');
    }
    return sessions.watch(() => {
      if (sessions.current || sessions.farewell !== 'ENDED') return;
      const changed = newest.current.changed();
      if (Object.keys(changed).length > 0) keep(keeping, changed);
    });
  }, [name]);
}
