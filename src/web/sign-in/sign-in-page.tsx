import { Alert, Divider } from '@mantine/core';
import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { useTitle } from '../ui/use-title';
import { EntryCard } from './entry-card';
import { knownDesk } from './known-desk';
import { safePath } from './safe-path';
import { sessions } from '../session/session';
import { useSession } from '../session/use-session';
import { SignInBearer } from './sign-in-bearer';
import { offersOfPage } from './sign-in-offers';
import { SignInPeople } from './sign-in-people';
import { SignInProviders } from './sign-in-providers';
import { words } from '../words';

/** Signs in through the account's identity provider, as a demo user, or with a bearer token. */
export function SignInPage() {
  useTitle(words.signIn.title);
  const offers = offersOfPage();
  const session = useSession();
  const [asked] = useSearchParams();
  const [desk] = useState(knownDesk);
  const { farewell } = sessions;
  const slug = asked.get('account') ?? desk?.slug ?? '';
  const goTo = safePath(asked.get('go'));
  // Back to the page that needed the sign-in.
  if (session) return <Navigate to={goTo} replace />;
  return (
    <EntryCard desk={desk?.slug === slug ? desk.name : null} title={words.signIn.title}>
      {farewell && <Alert role="status">{words.signIn.farewells[farewell]}</Alert>}
      <SignInProviders account={slug} goTo={goTo} />
      {offers.includes('people') && (
        <>
          <Divider />
          <SignInPeople />
        </>
      )}
      {offers.includes('bearer') && (
        <>
          <Divider />
          <SignInBearer />
        </>
      )}
    </EntryCard>
  );
}
