import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ApiKeysDocument, RevokeApiKeyDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { AskingButton } from '../../ui/asking-button';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Day, Instant } from '../../ui/instant';
import { Mark } from '../../ui/mark';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { sayDone } from '../../ui/say-done';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { stateOf, whenNoDayPassWords, type ApiKey, type KeyState } from './key-words';
import { NewKey } from './new-key';

/** The credentials that are no persons. */
export function Keys() {
  useTitle('API keys');
  const [isMaking, { open, close }] = useDisclosure();
  return (
    <AdminPage
      title="API keys"
      acts={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
          New key
        </Button>
      }
    >
      <KeyList />
      <NewKey isOpen={isMaking} onClose={close} />
    </AdminPage>
  );
}

function KeyList() {
  const paging = usePaging();
  const { data, error, refetch, dataUpdatedAt } = useApiQuery(ApiKeysDocument, paging.variables);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data?.apiKeys) return <RowsToCome />;
  const { edges, pageInfo, totalCount } = data.apiKeys;
  if (edges.length === 0) {
    return (
      <Empty title="No keys yet">
        Workflows, integrations and partners’ servers sign in with a key. Make the first one above.
      </Empty>
    );
  }
  return (
    <div>
      <DataTable
        caption="API keys"
        columns={columnsAt(dataUpdatedAt)}
        rows={edges.map(({ node }) => node)}
      />
      <Pager paging={paging} pageInfo={pageInfo} totalCount={totalCount} />
    </div>
  );
}

function columnsAt(nowMs: number): Column<ApiKey>[] {
  return [
    { title: 'Key', cell: ({ id, name }) => <KeyName id={id} name={name} /> },
    { title: 'Of', cell: ({ agent }) => <Owner agent={agent} /> },
    { title: 'State', cell: (key) => <Mark {...states[stateOf(key, nowMs)]} /> },
    {
      title: 'Act',
      cell: (key) => (stateOf(key, nowMs) === 'USABLE' ? <Revoke apiKey={key} /> : null),
    },
    {
      title: 'Without a day pass',
      cell: ({ whenNoDayPass }) =>
        whenNoDayPass ? whenNoDayPassWords[whenNoDayPass].says : 'Needs none',
    },
    { title: 'Last used', cell: ({ lastUsedAt }) => orNever(lastUsedAt) },
    { title: 'Ends', cell: ({ expiresAt }) => orNever(expiresAt) },
    { title: 'Made', cell: ({ createdAt }) => <Day at={createdAt} /> },
    {
      title: 'Scopes',
      cell: ({ scopes }) => <div className="wraps">{scopes.join(', ')}</div>,
    },
  ];
}

function KeyName({ id, name }: Pick<ApiKey, 'id' | 'name'>) {
  return (
    <>
      <Text inherit fw={500} truncate maw={240} title={name}>
        {name}
      </Text>
      <Anchor component={Link} to={`/admin/audit?actor=${encodeURIComponent(id)}`} size="xs">
        What it changed
      </Anchor>
    </>
  );
}

function Owner({ agent }: Pick<ApiKey, 'agent'>) {
  if (!agent) return 'The account (service key)';
  return (
    <Anchor component={Link} to={`/admin/agents/${encodeURIComponent(agent.id)}`} inherit>
      {agent.name}
    </Anchor>
  );
}

const states: Record<KeyState, { says: string; color: string }> = {
  USABLE: { says: 'In use', color: 'teal' },
  ENDED: { says: 'Ended', color: 'gray' },
  REVOKED: { says: 'Revoked', color: 'gray' },
};

function orNever(at: string | null | undefined) {
  return at ? <Instant at={at} /> : 'Never';
}

function Revoke({ apiKey: { id, name } }: { apiKey: ApiKey }) {
  return (
    <AskingButton
      label="Revoke"
      aria-label={`Revoke ${name}`}
      size="compact-sm"
      title={`Revoke ${name}?`}
      isDangerous
      document={RevokeApiKeyDocument}
      variables={{ input: { apiKeyId: id } }}
      of={({ revokeApiKey }) => revokeApiKey}
      done={() => sayDone(`${name} is revoked.`)}
    >
      <Stack gap="xs">
        <Text>
          Whatever uses this key stops working at once, with its streams and the sessions that it
          opened. A key that is revoked does not come back.
        </Text>
      </Stack>
    </AskingButton>
  );
}
