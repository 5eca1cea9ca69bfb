import {
  Alert,
  Button,
  Card,
  Container,
  Group,
  PasswordInput,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { Problem } from '../ui/problem';
import { useTitle } from '../ui/use-title';
import { leaveForProvider } from './provider-sign-in';
import { safePath } from './safe-path';
import { sessions } from '../session/session';
import { useSession } from '../session/use-session';
import { becomeDemoPerson, offersOfPage, readDemoAccounts, readProviders } from './sign-in-offers';

const farewells = {
  ENDED: 'Your sign-in has ended. Sign in again to go on where you were.',
  SIGNED_OUT: 'You are signed out.',
};

/** Who comes in, and how: a person of the demo, the account's identity provider, or a bearer. */
export function SignInPage() {
  useTitle('Sign in');
  const offers = offersOfPage();
  const session = useSession();
  const [asked] = useSearchParams();
  const { farewell } = sessions;
  // Where somebody wanted to be when they had to sign in.
  if (session) return <Navigate to={safePath(asked.get('go'))} replace />;
  return (
    <Container size="md" py="xl" component="main">
      <Stack gap="lg">
        <Title order={1}>Daypass</Title>
        {farewell && <Alert role="status">{farewells[farewell]}</Alert>}
        {offers.includes('people') && <People />}
        <Providers />
        {offers.includes('bearer') && <Bearer />}
      </Stack>
    </Container>
  );
}

function People() {
  const accounts = useQuery({
    queryKey: ['demo accounts'],
    queryFn: ({ signal }) => readDemoAccounts(signal),
  });
  const [chosen, choose] = useState<string | null>(null);
  const become = useMutation({
    mutationFn: (email: string) => becomeDemoPerson(account!.slug, email),
    onSuccess: (bearer) => sessions.begin(bearer),
  });
  const account =
    accounts.data?.find(({ slug }) => slug === chosen) ??
    accounts.data?.find(({ sandbox }) => sandbox) ??
    accounts.data?.[0];
  return (
    <Card withBorder component="section" aria-labelledby="people">
      <Stack>
        <Group justify="space-between" align="end">
          <div>
            <Title order={2} size="h3" id="people">
              Come in as somebody
            </Title>
            <Text c="dimmed">
              Each tab is a person of its own: open a second one to be an admin beside an agent.
            </Text>
          </div>
          {accounts.data && accounts.data.length > 1 && (
            <Select
              label="Service desk"
              data={accounts.data.map(({ slug, name }) => ({ value: slug, label: name }))}
              value={account?.slug ?? null}
              onChange={choose}
              allowDeselect={false}
            />
          )}
        </Group>
        {accounts.error && <Problem error={accounts.error} retry={() => void accounts.refetch()} />}
        {become.error && <Problem error={become.error} />}
        {accounts.isPending && <Skeleton h={120} />}
        {accounts.data?.length === 0 && (
          <Text>
            There is nobody yet: start with DAYPASS_DEMO=true, or make an account with the command
            line.
          </Text>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {account?.people.map(({ email, name, role }) => (
            <Button
              key={email}
              variant="default"
              size="lg"
              h="auto"
              py="sm"
              justify="start"
              loading={become.isPending && become.variables === email}
              disabled={become.isPending}
              onClick={() => become.mutate(email)}
            >
              <Stack gap={0} align="start">
                <Text inherit>{role}</Text>
                <Text size="sm" c="dimmed">
                  {name}
                </Text>
              </Stack>
            </Button>
          ))}
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

function Providers() {
  const [asked] = useSearchParams();
  const [slug, setSlug] = useState(asked.get('account') ?? '');
  const goTo = safePath(asked.get('go'));
  const find = useMutation({
    mutationFn: async (account: string) => {
      const providers = await readProviders(account);
      // With one, there is nothing to choose.
      if (providers.length === 1) await leaveForProvider(providers[0]!, { account, goTo });
      return providers;
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find.mutate(slug.trim().toLowerCase());
  };
  return (
    <Card withBorder component="section" aria-labelledby="providers">
      <form onSubmit={submit}>
        <Stack>
          <Title order={2} size="h3" id="providers">
            Sign in with your organisation
          </Title>
          <Group align="end">
            <TextInput
              label="Service desk"
              placeholder="acme"
              autoComplete="organization"
              value={slug}
              onChange={(event) => setSlug(event.currentTarget.value)}
              required
            />
            <Button type="submit" loading={find.isPending}>
              Continue
            </Button>
          </Group>
          {find.error && <Problem error={find.error} />}
          {find.data?.length === 0 && (
            <Alert role="alert" color="orange">
              No service desk of that name signs people in with a provider. Check the name, or ask
              an account admin.
            </Alert>
          )}
          {find.data && find.data.length > 1 && (
            <Group>
              {find.data.map((provider) => (
                <Button
                  key={provider.issuer}
                  variant="default"
                  onClick={() => void leaveForProvider(provider, { account: slug, goTo })}
                  disabled={!provider.authorizationEndpoint}
                >
                  {provider.name}
                </Button>
              ))}
            </Group>
          )}
        </Stack>
      </form>
    </Card>
  );
}

function Bearer() {
  const [bearer, setBearer] = useState('');
  return (
    <Card withBorder component="section" aria-labelledby="bearer">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sessions.begin(bearer.trim());
        }}
      >
        <Stack>
          <Title order={2} size="h3" id="bearer">
            Use a bearer
          </Title>
          <Text c="dimmed">
            An operator makes one with <code>daypass token</code>.
          </Text>
          <Group align="end">
            <PasswordInput
              label="Bearer"
              flex={1}
              value={bearer}
              onChange={(event) => setBearer(event.currentTarget.value)}
              required
            />
            <Button type="submit">Sign in</Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
