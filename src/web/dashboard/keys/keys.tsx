import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ApiKeysDocument, RevokeApiKeyDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { AskingButton } from '../../ui/asking-button';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Day } from '../../ui/instant';
import { Mark } from '../../ui/mark';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { Rich } from '../../ui/rich';
import { RowsToCome } from '../../ui/rows-to-come';
import { sayDone } from '../../ui/say-done';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { At, TwoLines } from '../ledger/ledger-lines';
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
    { title: words.keys.columns.owner, cell: (key) => <Owner apiKey={key} /> },
    {
      title: words.keys.columns.scopes,
      cell: ({ scopes }) => <div className="scopes">{scopes.join(', ')}</div>,
    },
    { title: words.keys.columns.state, cell: (key) => <StateMark state={stateOf(key, nowMs)} /> },
    {
      title: words.keys.columns.lastUsed,
      cell: ({ lastUsedAt }) => (lastUsedAt ? <At at={lastUsedAt} /> : words.keys.never),
    },
    {
      title: words.keys.columns.createdExpires,
      cell: ({ createdAt, expiresAt }) => (
        <TwoLines first={<Day at={createdAt} />} second={<Expires at={expiresAt} />} />
      ),
    },
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

/** The agent that the key acts as, and what it does when they need a day pass. */
function Owner({ apiKey: { agent, whenNoDayPass } }: { apiKey: ApiKey }) {
  if (!agent) return words.keys.ofAccount;
  return (
    <>
      <Anchor component={Link} to={`/admin/agents/${encodeURIComponent(agent.id)}`} inherit>
        {agent.name}
      </Anchor>
      {whenNoDayPass && (
        <span className="second-line">{words.keys.whenNoDayPassShort[whenNoDayPass]}</span>
      )}
    </>
  );
}

function StateMark({ state }: { state: KeyState }) {
  return <Mark label={words.keys.state[state]} color={state === 'USABLE' ? 'teal' : 'gray'} />;
}

function Expires({ at }: { at: string | null | undefined }) {
  if (!at) return words.keys.neverExpires;
  return <Rich text={words.keys.expiresAt} parts={{ day: () => <Day at={at} /> }} />;
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
