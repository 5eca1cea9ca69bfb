import { Button, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sessions } from '../session/session';
import { Problem } from '../ui/problem';
import { RowsToCome } from '../ui/rows-to-come';
import { words } from '../words';
import { becomeDemoPerson, readDemoAccounts } from './sign-in-offers';

/** The demo users of a development, which need no proof of identity. */
export function SignInPeople() {
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
    <Stack component="section" gap="sm" aria-labelledby="people">
      <div>
        <Title order={2} size="h4" id="people">
          {words.signIn.people.title}
        </Title>
        <Text c="dimmed" size="sm">
          {words.signIn.people.text}
        </Text>
      </div>
      {accounts.data && accounts.data.length > 1 && (
        <Select
          label={words.signIn.people.desk}
          data={accounts.data.map(({ slug, name }) => ({ value: slug, label: name }))}
          value={account?.slug ?? null}
          onChange={choose}
          allowDeselect={false}
        />
      )}
      {accounts.error && <Problem error={accounts.error} retry={() => void accounts.refetch()} />}
      {become.error && <Problem error={become.error} />}
      {accounts.isPending && <RowsToCome rows={4} />}
      {accounts.data?.length === 0 && <Text>{words.signIn.people.none}</Text>}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {account?.people.map(({ email, name, role }) => (
          <Button
            key={email}
            variant="default"
            className="demo-person"
            justify="start"
            loading={become.isPending && become.variables === email}
            disabled={become.isPending}
            onClick={() => become.mutate(email)}
          >
            <Stack gap={0} align="start">
              <Text inherit className="demo-role">
                {role}
              </Text>
              <Text size="sm" c="dimmed">
                {name}
              </Text>
            </Stack>
          </Button>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
