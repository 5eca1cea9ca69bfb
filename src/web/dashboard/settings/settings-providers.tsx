import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { addressOf } from '../../api/address';
import {
  IdentityProvidersDocument,
  RemoveIdentityProviderDocument,
  type IdentityProvidersQuery,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { AskingButton } from '../../ui/asking-button';
import { CopyLine } from '../../ui/copy-line';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Mark } from '../../ui/mark';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { sayDone } from '../../ui/say-done';
import { ProviderDialog } from './settings-provider-dialog';

export type Provider = NonNullable<IdentityProvidersQuery['identityProviders']>[number];

/** Where the account's people sign in. */
export function ProviderSettings() {
  const { slug } = useViewer().account;
  const { data, error, refetch } = useApiQuery(IdentityProvidersDocument, {});
  const [edited, edit] = useState<Provider | 'NEW' | null>(null);
  const providers = data?.identityProviders;
  return (
    <Part
      title="Identity providers"
      says="Where this account’s people sign in: OpenID Connect issuers whose tokens are accepted here."
    >
      <Stack gap={4}>
        <Text size="sm">Register this redirect URI with the provider:</Text>
        <CopyLine text={addressOf(`signed-in/${encodeURIComponent(slug)}`)} label="Redirect URI" />
      </Stack>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!providers && !error && <Skeleton h={120} />}
      {providers?.length === 0 && (
        <Empty title="No provider yet">
          Until there is one, nobody signs in with the organisation’s own accounts.
        </Empty>
      )}
      {providers && providers.length > 0 && (
        <DataTable
          caption="Providers of this account"
          columns={columnsFor(edit)}
          rows={providers}
        />
      )}
      <div>
        <Button variant="default" onClick={() => edit('NEW')}>
          Add a provider
        </Button>
      </div>
      <ProviderDialog edited={edited} onClose={() => edit(null)} />
    </Part>
  );
}

function columnsFor(edit: (provider: Provider) => void): Column<Provider>[] {
  return [
    {
      title: 'Provider',
      cell: ({ name, issuer }) => (
        <>
          <Text inherit fw={500}>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {issuer}
          </Text>
        </>
      ),
    },
    {
      title: 'State',
      cell: ({ enabled }) =>
        enabled ? <Mark says="Accepted" color="teal" /> : <Mark says="Switched off" color="gray" />,
    },
    { title: 'At the sign-in', cell: ({ clientId }) => (clientId ? 'Offered' : 'Not offered') },
    {
      title: 'Keys last fetched',
      cell: ({ keysFetchedAt }) =>
        keysFetchedAt ? <Instant at={keysFetchedAt} /> : 'Never reached',
    },
    {
      title: 'Acts',
      cell: (provider) => (
        <Group gap="xs" wrap="nowrap">
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`Change ${provider.name}`}
            onClick={() => edit(provider)}
          >
            Change
          </Button>
          <Remove provider={provider} />
        </Group>
      ),
    },
  ];
}

function Remove({ provider: { id, name } }: { provider: Provider }) {
  return (
    <AskingButton
      label="Remove"
      aria-label={`Remove ${name}`}
      size="compact-sm"
      title={`Remove ${name}?`}
      isDangerous
      document={RemoveIdentityProviderDocument}
      variables={{ input: { identityProviderId: id } }}
      of={({ removeIdentityProvider }) => removeIdentityProvider}
      done={() => sayDone(`${name} is removed.`)}
    >
      <Text>
        Whoever signed in there is out within a second, and nobody can sign in there any more.
      </Text>
    </AskingButton>
  );
}
