import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useMemo } from 'react';
import { BrowserRouter, type RouteObject } from 'react-router';
import { basePath } from '../api/address';
import { useSession } from '../session/use-session';
import { readableColors, theme } from '../ui/theme';
import { PageToCome } from '../ui/rows-to-come';
import { Begin } from './begin';
import { BrokenPage } from './broken-page';
import { lazyRoute, useLazyRoutes } from '../ui/lazy-pages';
import { NotFound } from '../ui/not-found';
import { queries } from './queries';
import { SignedIn } from './signed-in';

/** All pages, by their addresses. */
export function App({ nonce }: { nonce: string }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={readableColors}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queries}>
        {/* A step in the address is drawn at once: `useLazyRoutes` keeps a page while the next one loads. */}
        <BrowserRouter basename={basePath()} useTransitions={false}>
          <BrokenPage>
            <Pages />
          </BrokenPage>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Pages() {
  const session = useSession();
  const bearer = session?.bearer;
  const routes = useMemo(() => routesFor(bearer), [bearer]);
  return <Suspense fallback={<PageToCome />}>{useLazyRoutes(routes)}</Suspense>;
}

const portal = lazyRoute('portal/*', async () => ({
  Page: (await import('../portal/portal')).default,
}));
const dashboard = lazyRoute('admin/*', async () => ({
  Page: (await import('../dashboard/dashboard')).default,
}));
/** A person who is signed in needs none of these. */
const forGuests = [
  lazyRoute('sign-in', async () => ({
    Page: (await import('../sign-in/sign-in-page')).SignInPage,
  })),
  lazyRoute('signed-in/:account', async () => ({
    Page: (await import('../sign-in/signed-in-page')).SignedInPage,
  })),
  lazyRoute('activate', async () => ({
    Page: (await import('../sign-in/activate-page')).ActivatePage,
  })),
  lazyRoute('dev/inbox', async () => ({
    Page: (await import('../sign-in/dev-inbox-page')).DevInboxPage,
  })),
];
const nowhere = lazyRoute('*', async () => ({
  Page: (await import('../sign-in/nowhere-page')).NowherePage,
}));

function routesFor(bearer: string | undefined): RouteObject[] {
  const ofPerson = [{ index: true, element: <Begin /> }, portal, dashboard];
  return [
    ...forGuests,
    {
      // Another person in the tab starts with nothing of the first.
      element: <SignedIn key={bearer} />,
      children: bearer ? [...ofPerson, { path: '*', element: <NotFound /> }] : ofPerson,
    },
    ...(bearer ? [] : [nowhere]),
  ];
}
