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
import {
  becomeDemoPerson,
  offersOfPage,
  readDemoAccounts,
  readProviders,
  type Provider,
} from './sign-in-offers';
import { Rich } from '../ui/rich';
import { words } from '../words';

/** Signs in as a demo user, through the account's identity provider, or with a bearer token. */
export function SignInPage() {
  useTitle(words.signIn.title);
  const offers = offersOfPage();
  const session = useSession();
  const [asked] = useSearchParams();
  const { farewell } = sessions;
  // Back to the page that needed the sign-in.
  if (session) return <Navigate to={safePath(asked.get('go'))} replace />;
  return (
    <Container size="md" py="xl" component="main">
      <Stack gap="lg">
        <Title order={1}>{words.signIn.product}</Title>
        {farewell && <Alert role="status">{words.signIn.farewells[farewell]}</Alert>}
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
              {words.signIn.people.title}
            </Title>
            <Text c="dimmed">{words.signIn.people.text}</Text>
          </div>
          {accounts.data && accounts.data.length > 1 && (
            <Select
              label={words.signIn.serviceDesk}
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
        {accounts.data?.length === 0 && <Text>{words.signIn.people.none}</Text>}
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
      // With only one provider there is nothing to choose.
      if (providers.length === 1) await leaveForProvider(providers[0]!, { account, goTo });
      return providers;
    },
  });
  const leave = useMutation({
    mutationFn: (provider: Provider) =>
      leaveForProvider(provider, { account: find.variables!, goTo }),
  });
  const error = find.error ?? leave.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    leave.reset();
    find.mutate(slug.trim().toLowerCase());
  };
  return (
    <Card withBorder component="section" aria-labelledby="providers">
      <form noValidate onSubmit={submit}>
        <Stack>
          <Title order={2} size="h3" id="providers">
            {words.signIn.providers.title}
          </Title>
          <Group align="end">
            <TextInput
              label={words.signIn.serviceDesk}
              placeholder={words.signIn.providers.placeholder}
              autoComplete="organization"
              value={slug}
              onChange={(event) => setSlug(event.currentTarget.value)}
              required
            />
            <Button type="submit" loading={find.isPending}>
              {words.signIn.providers.continue}
            </Button>
          </Group>
          {error && <Problem error={error} />}
          {find.data?.length === 0 && (
            <Alert role="alert" color="orange">
              {words.signIn.providers.none}
            </Alert>
          )}
          {find.data && find.data.length > 1 && (
            <Group>
              {find.data.map((provider) => (
                <Button
                  key={provider.issuer}
                  variant="default"
                  onClick={() => leave.mutate(provider)}
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
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          sessions.begin(bearer.trim());
        }}
      >
        <Stack>
          <Title order={2} size="h3" id="bearer">
            {words.signIn.bearer.title}
          </Title>
          <Text c="dimmed">
            <Rich text={words.signIn.bearer.text} parts={{ code: (text) => <code>{text}</code> }} />
          </Text>
          <Group align="end">
            <PasswordInput
              label={words.signIn.bearer.label}
              flex={1}
              value={bearer}
              onChange={(event) => setBearer(event.currentTarget.value)}
              required
            />
            <Button type="submit">{words.signIn.bearer.submit}</Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
