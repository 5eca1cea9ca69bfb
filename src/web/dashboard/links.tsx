import {
  createContext,
  useContext,
  useMemo,
  useState,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { useNavigate } from 'react-router';
import { basePath } from '../api/address';
import { useStable } from '../ui/use-stable';

const under = (path: string) => (id: string) => `${path}/${encodeURIComponent(id)}`;

export const agentPath = under('/admin/agents');
export const clientPath = under('/admin/clients');
/** In the agent portal, which asks for a day pass if it is needed. */
export const ticketPath = under('/portal/desk/tickets');

/** What all links of the dashboard share. */
interface Following {
  /** The base of the pages, which comes before each path. */
  base: string;
  follow: (event: MouseEvent, to: string) => void;
  /** A button goes down on a link. */
  press: (event: PointerEvent, to: string) => void;
  /** The pointer or the focus is on a link. */
  onNear: (to: string) => void;
}

const FollowingContext = createContext<Following | null>(null);

/**
 * Follows the links below it. The router's own `Link` reads the router in each link, and is drawn again
 * whenever the address changes, such as by a filter. Here the router is read once for all of them.
 */
export function FollowsLinks({
  children,
  onNear,
  onFollow,
}: {
  children: ReactNode;
  onNear: Following['onNear'];
  /** A link is followed, from when the mouse's button goes down: nothing of its page is drawn yet. */
  onFollow: (to: string) => void;
}) {
  const navigate = useNavigate();
  const [base] = useState(basePath);
  const follow = useStable((event: MouseEvent, to: string) => {
    if (event.defaultPrevented || !opensHere(event)) return;
    event.preventDefault();
    onFollow(to);
    const { pathname, search } = window.location;
    void navigate(to, { replace: base + to === pathname + search });
  });
  // A person holds the button for about 80 ms. A finger may as well begin to scroll.
  const press = useStable((event: PointerEvent, to: string) => {
    if (event.pointerType === 'mouse' && opensHere(event)) onFollow(to);
  });
  const following = useMemo(() => ({ base, follow, press, onNear }), [base, follow, press, onNear]);
  return <FollowingContext value={following}>{children}</FollowingContext>;
}

/** Otherwise the browser opens a new tab or window, or downloads. */
function opensHere({ altKey, button, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  return button === 0 && !altKey && !ctrlKey && !metaKey && !shiftKey;
}

function useFollowing(): Following {
  const following = useContext(FollowingContext);
  if (!following) throw new Error('There is no FollowsLinks around this.');
  return following;
}

/** What an `<a>` needs to lead to a page. */
export function useLinkTo(to: string) {
  const { base, follow, press, onNear } = useFollowing();
  return {
    href: base + to,
    onClick: (event: MouseEvent) => follow(event, to),
    onPointerDown: (event: PointerEvent) => press(event, to),
    onPointerEnter: () => onNear(to),
    onFocus: () => onNear(to),
  };
}

/** A name that leads to the page of what it names. */
export function NameLink({
  to,
  name,
  isMain = false,
  isInText = false,
}: {
  to: string;
  name: string;
  /** Whether the row is about it. */
  isMain?: boolean;
  /** In a sentence, its colour alone would not mark it. */
  isInText?: boolean;
}) {
  return (
    <a
      {...useLinkTo(to)}
      className="name-link"
      data-main={isMain || undefined}
      data-in-text={isInText || undefined}
    >
      {name}
    </a>
  );
}
