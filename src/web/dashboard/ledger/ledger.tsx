import { Group, Stack, Tabs, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTitle } from '../../ui/use-title';
import { GrantButton } from '../grant';
import { useLedgerAddress } from './ledger-address';
import { Consumptions } from './ledger-consumptions';
import { AdminGate } from '../admin-gate';
import { Movements } from './ledger-movements';
import { words } from '../../words';

/** All consumptions, and all other movements of passes. */
export function Ledger() {
  useTitle(words.ledger.title);
  return (
    <Stack gap="md">
      <Title order={1}>{words.ledger.title}</Title>
      <AdminGate>
        <Lists />
      </AdminGate>
    </Stack>
  );
}

function Lists() {
  const { params, list } = useLedgerAddress();
  const view = params.get('view') === 'movements' ? 'movements' : 'consumptions';
  // The same element while the tab is the same: filters in the address do not draw the tabs again.
  return useMemo(
    () => (
      <Tabs
        value={view}
        keepMounted={false}
        onChange={(to) =>
          // The filters stay: the same month is wanted of both lists.
          list({ sort: null, view: to === 'movements' ? 'movements' : null })
        }
      >
        <Group justify="space-between" align="end" className="tabs">
          <Tabs.List>
            <Tabs.Tab value="consumptions">{words.ledger.consumptions}</Tabs.Tab>
            <Tabs.Tab value="movements">{words.ledger.movements}</Tabs.Tab>
          </Tabs.List>
          <GrantButton />
        </Group>
        <Tabs.Panel value="consumptions" pt="md">
          <Consumptions />
        </Tabs.Panel>
        <Tabs.Panel value="movements" pt="md">
          <Movements />
        </Tabs.Panel>
      </Tabs>
    ),
    [view, list],
  );
}
