import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { basePath } from '../api/address';
import { ActivatePage } from '../sign-in/activate-page';
import { NowherePage } from '../sign-in/nowhere-page';
import { SignInPage } from '../sign-in/sign-in-page';
import { SignedInPage } from '../sign-in/signed-in-page';
import { useSession } from '../session/use-session';
import { readableColors, theme } from '../ui/theme';
import { PageToCome } from '../ui/rows-to-come';
import { Begin } from './begin';
import { BrokenPage } from './broken-page';
import { NotFound } from '../ui/not-found';
import { queries } from './queries';
import { SignedIn } from './signed-in';

const Portal = lazy(() => import('../portal/portal'));
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
        <Route path="sign-in" element={<SignInPage />} />
        <Route path="signed-in/:account" element={<SignedInPage />} />
        <Route path="activate" element={<ActivatePage />} />
        <Route path="dev/inbox" element={<DevInbox />} />
        {/* Another person in the tab starts with nothing of the first. */}
        <Route element={<SignedIn key={session?.bearer} />}>
          <Route index element={<Begin />} />
          <Route path="portal/*" element={<Portal />} />
          <Route path="admin/*" element={<Dashboard />} />
          {session && <Route path="*" element={<NotFound />} />}
        </Route>
        {!session && <Route path="*" element={<NowherePage />} />}
      </Routes>
    </Suspense>
  );
}
