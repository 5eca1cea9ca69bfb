import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { basePath } from '../api/address';
import { useSession } from '../session/use-session';
import { readableColors, theme } from '../ui/theme';
import { PageToCome } from '../ui/rows-to-come';
import { Begin } from './begin';
import { BrokenPage } from './broken-page';
import { NotFound } from '../ui/not-found';
import { queries } from './queries';
import { SignedIn } from './signed-in';

const Portal = lazy(() => import('../portal/portal'));
// A person who is signed in needs none of these.
const Activate = lazy(async () => ({
  default: (await import('../sign-in/activate-page')).ActivatePage,
}));
const SignIn = lazy(async () => ({
  default: (await import('../sign-in/sign-in-page')).SignInPage,
}));
const Returned = lazy(async () => ({
  default: (await import('../sign-in/signed-in-page')).SignedInPage,
}));
const Nowhere = lazy(async () => ({
  default: (await import('../sign-in/nowhere-page')).NowherePage,
}));
const DevInbox = lazy(async () => ({
  default: (await import('../sign-in/dev-inbox-page')).DevInboxPage,
}));
const Dashboard = lazy(() => import('../dashboard/dashboard'));

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
        <BrowserRouter basename={basePath()}>
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
  return (
    <Suspense fallback={<PageToCome />}>
      <Routes>
        <Route path="sign-in" element={<SignIn />} />
        <Route path="signed-in/:account" element={<Returned />} />
        <Route path="activate" element={<Activate />} />
        <Route path="dev/inbox" element={<DevInbox />} />
        {/* Another person in the tab starts with nothing of the first. */}
        <Route element={<SignedIn key={session?.bearer} />}>
          <Route index element={<Begin />} />
          <Route path="portal/*" element={<Portal />} />
          <Route path="admin/*" element={<Dashboard />} />
          {session && <Route path="*" element={<NotFound />} />}
        </Route>
        {!session && <Route path="*" element={<Nowhere />} />}
      </Routes>
    </Suspense>
  );
}
