import { Container, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { Problem } from '../ui/problem';
import { useTitle } from '../ui/use-title';
import { returnFromProvider } from './provider-sign-in';
import { sessions } from '../session/session';
import { words } from '../words';

/** The address to which an identity provider returns people. */
export function SignedInPage() {
  useTitle(words.signIn.title);
  const { account = '' } = useParams();
  const [answer] = useSearchParams();
  const navigate = useNavigate();
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
    <Container size="xs" py="xl" component="main">
      {error ? (
        <Stack>
          <Problem error={error} />
          <Link to={`/sign-in?account=${encodeURIComponent(account)}`}>{words.signIn.back}</Link>
        </Stack>
      ) : (
        <Stack align="center">
          <Loader />
          <Text>{words.signIn.signingIn}</Text>
        </Stack>
      )}
    </Container>
  );
}
