import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { addressOf } from '../../api/address';
import { IdentityProvidersDocument, RemoveIdentityProviderDocument } from '../../generated/app';
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
import { RowsToCome } from '../../ui/rows-to-come';
import { sayDone } from '../../ui/say-done';
import { ProviderDialog, type Provider } from './settings-provider-dialog';
import { words } from '../../words';

/** Where the account's people sign in. */
export function ProviderSettings() {
  const { slug } = useViewer().account;
  const { data, error, refetch } = useApiQuery(IdentityProvidersDocument, {});
  const [edited, edit] = useState<Provider | 'NEW' | null>(null);
  const providers = data?.identityProviders;
  return (
    <Part title={words.settings.providers.title} description={words.settings.providers.text}>
      <Stack gap={4}>
        <Text size="sm">{words.settings.providers.register}</Text>
        <CopyLine
          text={addressOf(`signed-in/${encodeURIComponent(slug)}`)}
          label={words.settings.providers.redirectUri}
        />
      </Stack>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!providers && !error && <RowsToCome rows={3} />}
      {providers?.length === 0 && (
        <Empty title={words.settings.providers.none}>{words.settings.providers.noneText}</Empty>
      )}
      {providers && providers.length > 0 && (
        <DataTable
          caption={words.settings.providers.caption}
          columns={columnsFor(edit)}
          rows={providers}
        />
      )}
      <div>
        <Button variant="default" onClick={() => edit('NEW')}>
          {words.settings.providers.add}
        </Button>
      </div>
      <ProviderDialog edited={edited} onClose={() => edit(null)} />
    </Part>
  );
}

function columnsFor(edit: (provider: Provider) => void): Column<Provider>[] {
  return [
    {
      title: words.settings.providers.provider,
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
      title: words.settings.providers.status,
      cell: ({ enabled }) =>
        enabled ? (
          <Mark label={words.settings.providers.on} color="teal" />
        ) : (
          <Mark label={words.settings.providers.off} color="gray" />
        ),
    },
    {
      title: words.settings.providers.signIn,
      cell: ({ clientId }) =>
        clientId ? words.settings.providers.offered : words.settings.providers.notOffered,
    },
    {
      title: words.settings.providers.keysFetched,
      cell: ({ keysFetchedAt }) =>
        keysFetchedAt ? <Instant at={keysFetchedAt} /> : words.settings.providers.neverFetched,
    },
    {
      title: words.settings.providers.actions,
      cell: (provider) => (
        <Group gap="xs" wrap="nowrap">
          <Button
            variant="default"
            size="compact-sm"
            aria-label={words.settings.providers.editOf(provider.name)}
            onClick={() => edit(provider)}
          >
            {words.settings.providers.edit}
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
      label={words.settings.providers.remove}
      aria-label={words.settings.providers.removeOf(name)}
      size="compact-sm"
      title={words.settings.providers.removeTitle(name)}
      isDangerous
      document={RemoveIdentityProviderDocument}
      variables={{ input: { identityProviderId: id } }}
      of={({ removeIdentityProvider }) => removeIdentityProvider}
      done={() => sayDone(words.settings.providers.removed(name))}
    >
      <Text>{words.settings.providers.removeText}</Text>
    </AskingButton>
  );
}
