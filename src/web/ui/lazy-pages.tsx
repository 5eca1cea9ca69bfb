import {
  createElement,
  use,
  useDeferredValue,
  useState,
  type ComponentType,
  type ReactElement,
} from 'react';
import {
  matchRoutes,
  useLocation,
  useRoutes,
  type Location,
  type Params,
  type RouteMatch,
  type RouteObject,
} from 'react-router';
import type { AskEarly } from '../session/use-api-query';
import type { Viewer } from '../session/viewer';

/** The address that a person goes to. */
interface Going {
  params: Params;
  search: URLSearchParams;
  viewer: Viewer;
}

/** Asks for what a page shows, before it is drawn. */
export type AskFor = (going: Going, ask: AskEarly) => void;

interface LoadedPage {
  Page: ComponentType;
  ask?: AskFor;
}

/** A page whose script loads when it is needed. */
interface LazyPage {
  loaded: () => LoadedPage | undefined;
  load: () => Promise<unknown>;
}

/** The route of a page whose script loads when it is needed, or earlier: see `loadEarly`. */
export function lazyRoute(path: string, read: () => Promise<LoadedPage>): RouteObject {
  let loaded: LoadedPage | undefined;
  let loading: Promise<LoadedPage> | undefined;
  const load = async () => (loaded = await read());
  // Drawn in the same step if its script is there, which `lazy` of React never does.
  function Page(): ReactElement {
    return createElement((loaded ?? use((loading ??= load()))).Page);
  }
  const handle: LazyPage = { loaded: () => loaded, load };
  return { path, element: <Page />, handle };
}

/** Draws the page of the address. While its script loads, the page before stays. */
export function useLazyRoutes(routes: RouteObject[], base = '/'): ReactElement {
  const location = useLocation();
  const pages = lazyPagesAt(routes, location.pathname, base);
  const isLoaded = pages.every((page) => page.loaded());
  const [before, setBefore] = useState(location);
  if (isLoaded && before !== location) setBefore(location);
  // Drawn beside the page before, which it replaces when it is complete. A first page has none before it.
  const isBeside = !isLoaded && before !== location;
  const beside = useDeferredValue(isBeside ? location : null);
  return <Routed routes={routes} location={isLoaded ? location : (beside ?? before)} />;
}

/** A component of its own, so that it is drawn once although `setBefore` draws the one above twice. */
function Routed({ routes, location }: { routes: RouteObject[]; location: Location }) {
  return useRoutes(routes, location);
}

/**
 * Loads the script of a page while the pointer or the focus is on its link. If that fails, the page says so
 * when it is opened.
 */
export function loadEarly(routes: RouteObject[], path: string, base: string): void {
  for (const page of lazyPagesAt(routes, path, base)) {
    if (!page.loaded()) page.load().catch(() => {});
  }
}

/** Asks for what the page at this path shows, if its script is there: the answer comes while it is drawn. */
export function askBefore(
  routes: RouteObject[],
  { to, base, viewer, ask }: { to: string; base: string; viewer: Viewer; ask: AskEarly },
): void {
  const { pathname, searchParams: search } = new URL(to, window.location.origin);
  const [{ params = {} } = {}] = matchesAt(routes, pathname, base);
  for (const page of lazyPagesAt(routes, pathname, base)) {
    page.loaded()?.ask?.({ params, search, viewer }, ask);
  }
}

function lazyPagesAt(routes: RouteObject[], path: string, base: string): LazyPage[] {
  return matchesAt(routes, path, base).flatMap(
    ({ route }) => (route.handle as LazyPage | undefined) ?? [],
  );
}

/** The last match of each list of routes. */
const lastMatches = new WeakMap<RouteObject[], { key: string; matches: RouteMatch[] }>();

/** Matches a path. A link that is pointed at, followed and drawn matches three times. */
function matchesAt(routes: RouteObject[], path: string, base: string): RouteMatch[] {
  const key = `${base} ${path}`;
  const last = lastMatches.get(routes);
  if (last?.key === key) return last.matches;
  const matches = matchRoutes(routes, path, base) ?? [];
  lastMatches.set(routes, { key, matches });
  return matches;
}
