import {
  createContext,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { Document } from '../api/document';
import type { Fault } from '../api/fault';
import { Live, type LiveState } from '../api/live';
import { sessions } from './session';

const LiveContext = createContext<Live | null>(null);

/** One socket for everything below it. Give it the session as its key: another person gets another socket. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [live] = useState(
    () =>
      new Live({
        credentials: () => sessions.current?.bearer,
        onUnauthenticated: () => sessions.end('ENDED'),
      }),
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** Whether the page is kept up to date at this moment. */
export function useLiveState(): LiveState {
  const live = useLiveOfPage();
  return useSyncExternalStore(live.watch, () => live.state);
}

/**
 * Subscribes while the component is mounted. `variables` of null: not yet. `resume` returns the variables
 * with which a stream continues after its last result, if the socket was lost.
 */
export function useLive<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables | null,
  sink: {
    next: (result: Result) => void;
    fault?: (fault: Fault) => void;
    resume?: (variables: Variables, last: Result) => Variables;
  },
): void {
  const live = useLiveOfPage();
  const newest = useRef(sink);
  useEffect(() => {
    newest.current = sink;
  });
  const asked = JSON.stringify(variables);
  useEffect(() => {
    const given = JSON.parse(asked) as Variables | null;
    if (given === null) return;
    let present = given;
    return live.subscribe(document, () => present, {
      next(result) {
        present = newest.current.resume?.(present, result) ?? present;
        newest.current.next(result);
      },
      fault: (fault) => newest.current.fault?.(fault),
    });
  }, [live, document, asked]);
}

function useLiveOfPage(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('There is no LiveProvider around this.');
  return live;
}
