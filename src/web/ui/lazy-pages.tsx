import {
  createElement,
  use,
  useDeferredValue,
  useMemo,
  useState,
  type ComponentType,
  type ReactElement,
} from 'react';
import { matchRoutes, useLocation, useRoutes, type RouteObject } from 'react-router';

/** A page whose script loads when it is needed. */
interface LazyPage {
  isLoaded: () => boolean;
  load: () => Promise<unknown>;
}

/** The route of a page whose script loads when it is needed, or earlier: see `loadEarly`. */
export function lazyRoute(path: string, read: () => Promise<ComponentType>): RouteObject {
  let loaded: ComponentType | undefined;
  let loading: Promise<ComponentType> | undefined;
  const load = async () => (loaded = await read());
  // Drawn in the same step if its script is there, which `lazy` of React never does.
  function Page(): ReactElement {
    return createElement(loaded ?? use((loading ??= load())));
  }
  const handle: LazyPage = { isLoaded: () => loaded !== undefined, load };
  return { path, element: <Page />, handle };
}

/** Draws the page of the address. While its script loads, the page before stays. */
export function useLazyRoutes(routes: RouteObject[], base = '/'): ReactElement | null {
  const location = useLocation();
  const { pathname } = location;
  const pages = useMemo(() => lazyPagesAt(routes, pathname, base), [routes, pathname, base]);
  const isLoaded = pages.every((page) => page.isLoaded());
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
    if (!page.isLoaded()) page.load().catch(() => {});
  }
}

function lazyPagesAt(routes: RouteObject[], path: string, base: string): LazyPage[] {
  const found = matchRoutes(routes, path, base) ?? [];
  return found.flatMap(({ route }) => (route.handle as LazyPage | undefined) ?? []);
}
