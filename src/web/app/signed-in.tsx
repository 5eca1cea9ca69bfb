import { Container, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useMemo, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { nameAccount } from '../api/address';
import { knowLocale } from '../format/language';
import { prepareFormats } from '../format/prepare';
import { knowZones } from '../format/zone';
import { ViewerDocument } from '../generated/app';
import { LiveProvider } from '../session/use-live';
import { useApiQuery } from '../session/use-api-query';
import { useSession } from '../session/use-session';
import { useViewer, ViewerContext, zoneOfPage, type Viewer } from '../session/viewer';
import { sessions } from '../session/session';
import { Problem } from '../ui/problem';
import { rememberDesk } from '../sign-in/known-desk';
import { PageToCome } from '../ui/rows-to-come';
import { queries } from './queries';
import { Frame } from './frame';
import { ZoneLine } from './zone-line';

/** All pages that need a sign-in, in their frame. */
export function SignedIn() {
  const session = useSession();
  const { pathname, search } = useLocation();
  useEffect(() => forgetPerson, []);
  if (!session) {
    const wanted = sessions.farewell === 'SIGNED_OUT' ? '/' : pathname + search;
    return <Navigate to={`/sign-in?go=${encodeURIComponent(wanted)}`} replace />;
  }
  return (
    <LiveProvider>
      <WithViewer />
    </LiveProvider>
  );
}

/** The next person in the tab must not see what this one read and did; it may be of another account. */
function forgetPerson(): void {
  queries.clear();
  notifications.clean();
  nameAccount(null);
}

/** All times that pages show or ask for lie within these years. */
const yearsBack = 15;
const yearsAhead = 40;
const thisYear = new Date().getUTCFullYear();
const zonesAsked = {
  zonesFrom: `${thisYear - yearsBack}-01-01T00:00:00Z`,
  zonesTo: `${thisYear + yearsAhead}-01-01T00:00:00Z`,
};

/**
 * The locale in which the page below was drawn. Dates and numbers are written once, so another locale draws
 * the page again, but not under the hands of a person who fills in a form: then it follows on the next page.
 */
function useDrawnLocale(locale: string | undefined): string | undefined {
  const { pathname } = useLocation();
  const [drawn, setDrawn] = useState({ locale, pathname });
  const isChanged = drawn.locale !== locale && !document.querySelector('form:focus-within');
  if (isChanged || drawn.pathname !== pathname) setDrawn({ locale, pathname });
  return drawn.locale;
}

function WithViewer() {
  const { pathname } = useLocation();
  const { data, error, refetch } = useApiQuery(ViewerDocument, zonesAsked);
  const viewer = data?.viewer;
  const locale = useDrawnLocale(viewer?.account.locale);
  const zone = viewer && zoneOfPage(viewer, pathname);
  // The same element as before, so that another filter in the address draws only the parts that read it.
  // Another viewer or zone draws everything: it is how times and numbers are written.
  const frame = useMemo(() => {
    if (!viewer || !zone) return null;
    // Before anything below renders: times are written by these zones, numbers in this locale.
    knowViewer(viewer, zone);
    return <FramedPage zone={zone} locale={locale} />;
  }, [viewer, zone, locale]);
  if (viewer && zone) return <ViewerContext value={viewer}>{frame}</ViewerContext>;
  if (!error) return <PageToCome />;
  return (
    <Container size="xs" py="xl" component="main">
      <Stack>
        <Problem error={error} retry={() => void refetch()} />
      </Stack>
    </Container>
  );
}

function knowViewer({ account, agent }: Viewer, zone: ReturnType<typeof zoneOfPage>): void {
  knowLocale(account.locale);
  nameAccount(account.slug);
  rememberDesk(account);
  knowZones(agent ? [agent.zone, account.zone] : [account.zone], zone.name);
}

function FramedPage({
  zone,
  locale,
}: {
  zone: ReturnType<typeof zoneOfPage>;
  locale: string | undefined;
}) {
  const { currency } = useViewer().account;
  useEffect(() => prepareFormats(currency), [currency, locale]);
  return (
    <Frame>
      <div>
        <Outlet key={locale} />
      </div>
      <ZoneLine zone={zone} />
    </Frame>
  );
}
