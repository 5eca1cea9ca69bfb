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
import { stateOf, type ApiKey, type KeyState } from './key-words';
import { NewKey } from './new-key';
import { words } from '../../words';

/** The account's API keys. */
export function Keys() {
  useTitle(words.keys.title);
  const [isMaking, { open, close }] = useDisclosure();
  return (
    <AdminPage
      title={words.keys.title}
      acts={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
          {words.keys.add}
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
    return <Empty title={words.keys.none}>{words.keys.noneText}</Empty>;
  }
  return (
    <div>
      <DataTable
        caption={words.keys.title}
        columns={columnsAt(dataUpdatedAt)}
        rows={edges.map(({ node }) => node)}
      />
      <Pager paging={paging} pageInfo={pageInfo} totalCount={totalCount} />
    </div>
  );
}

function columnsAt(nowMs: number): Column<ApiKey>[] {
  return [
    { title: words.keys.columns.key, cell: ({ id, name }) => <KeyName id={id} name={name} /> },
    { title: words.keys.columns.owner, cell: ({ agent }) => <Owner agent={agent} /> },
    { title: words.keys.columns.scopes, cell: ({ scopes }) => scopes.join(', ') },
    { title: words.keys.columns.state, cell: (key) => <StateMark state={stateOf(key, nowMs)} /> },
    {
      title: words.keys.columns.whenNoDayPass,
      cell: ({ whenNoDayPass }) =>
        whenNoDayPass ? words.keys.whenNoDayPass[whenNoDayPass] : words.keys.needsNone,
    },
    { title: words.keys.columns.lastUsed, cell: ({ lastUsedAt }) => orNever(lastUsedAt) },
    { title: words.keys.columns.expires, cell: ({ expiresAt }) => orNever(expiresAt) },
    { title: words.keys.columns.created, cell: ({ createdAt }) => <Day at={createdAt} /> },
    {
      title: words.keys.columns.action,
      isTitleHidden: true,
      cell: (key) => (stateOf(key, nowMs) === 'USABLE' ? <Revoke apiKey={key} /> : null),
    },
  ];
}

function KeyName({ id, name }: Pick<ApiKey, 'id' | 'name'>) {
  return (
    <>
      <Text inherit fw={500}>
        {name}
      </Text>
      <Anchor component={Link} to={`/admin/audit?actor=${encodeURIComponent(id)}`} size="xs">
        {words.keys.changesBy}
      </Anchor>
    </>
  );
}

function Owner({ agent }: Pick<ApiKey, 'agent'>) {
  if (!agent) return words.keys.ofAccount;
  return (
    <Anchor component={Link} to={`/admin/agents/${encodeURIComponent(agent.id)}`} inherit>
      {agent.name}
    </Anchor>
  );
}

function StateMark({ state }: { state: KeyState }) {
  return <Mark label={words.keys.state[state]} color={state === 'USABLE' ? 'teal' : 'gray'} />;
}

function orNever(at: string | null | undefined) {
  return at ? <Instant at={at} /> : words.keys.never;
}

function Revoke({ apiKey: { id, name } }: { apiKey: ApiKey }) {
  return (
    <AskingButton
      label={words.keys.revoke}
      aria-label={words.keys.revokeOf(name)}
      size="compact-sm"
      title={words.keys.revokeTitle(name)}
      isDangerous
      document={RevokeApiKeyDocument}
      variables={{ input: { apiKeyId: id } }}
      of={({ revokeApiKey }) => revokeApiKey}
      done={() => sayDone(words.keys.revoked(name))}
    >
      <Stack gap="xs">
        <Text>{words.keys.revokeText}</Text>
      </Stack>
    </AskingButton>
  );
}
