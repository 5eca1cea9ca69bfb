import {
  createElement,
  use,
  useDeferredValue,
  useMemo,
  useState,
  type ComponentType,
  type ReactElement,
} from 'react';
import { matchRoutes, useLocation, useRoutes, type Params, type RouteObject } from 'react-router';
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
export function useLazyRoutes(routes: RouteObject[], base = '/'): ReactElement | null {
  const location = useLocation();
  const { pathname } = location;
  const pages = useMemo(() => lazyPagesAt(routes, pathname, base), [routes, pathname, base]);
  const isLoaded = pages.every((page) => page.loaded());
  const [before, setBefore] = useState(location);
  if (isLoaded && before !== location) setBefore(location);
  // Drawn beside the page before, which it replaces when it is complete. A first page has none before it.
  const isBeside = !isLoaded && before !== location;
  const beside = useDeferredValue(isBeside ? location : null);
  return useRoutes(routes, isLoaded ? location : (beside ?? before));
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
  const [{ params = {} } = {}] = matchRoutes(routes, pathname, base) ?? [];
  for (const page of lazyPagesAt(routes, pathname, base)) {
    page.loaded()?.ask?.({ params, search, viewer }, ask);
  }
}

function lazyPagesAt(routes: RouteObject[], path: string, base: string): LazyPage[] {
  const found = matchRoutes(routes, path, base) ?? [];
  return found.flatMap(({ route }) => (route.handle as LazyPage | undefined) ?? []);
}
