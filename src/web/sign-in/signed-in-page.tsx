import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { Problem } from '../ui/problem';
import { RowsToCome } from '../ui/rows-to-come';
import { useTitle } from '../ui/use-title';
import { EntryCard } from './entry-card';
import { knownDesk } from './known-desk';
import { pageWanted, returnFromProvider } from './provider-sign-in';
import { sessions } from '../session/session';
import { words } from '../words';

/** The address to which an identity provider returns people. */
export function SignedInPage() {
  useTitle(words.signIn.title);
  const { account = '' } = useParams();
  const [answer] = useSearchParams();
  const navigate = useNavigate();
  // Read before the answer is used up, so that another try still leads to the page that was wanted.
  const [goTo] = useState(pageWanted);
  const [desk] = useState(knownDesk);
  // A code can be exchanged once, however often this renders.
  const { data, error } = useQuery({
    queryKey: ['signed in', account, answer.get('state')],
    queryFn: () => returnFromProvider(account, answer),
    retry: false,
    staleTime: Infinity,
  });
  useEffect(() => {
    if (!data) return;
    sessions.begin(data.bearer);
    void navigate(data.goTo, { replace: true });
  }, [data, navigate]);
  return (
    <EntryCard
      desk={desk?.slug === account ? desk.name : null}
      title={error ? words.signIn.failed : words.signIn.signingIn}
    >
      {error ? (
        <>
          <Problem error={error} />
          <Button
            component={Link}
            to={`/sign-in?${new URLSearchParams({ account, go: goTo }).toString()}`}
          >
            {words.signIn.back}
          </Button>
        </>
      ) : (
        <RowsToCome rows={2} />
      )}
    </EntryCard>
  );
}
