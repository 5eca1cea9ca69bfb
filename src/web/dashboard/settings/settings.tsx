import { Stack } from '@mantine/core';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { AccountSettings } from './settings-account';
import { ProviderSettings } from './settings-providers';
import { WalletSettings } from './settings-wallet';

/** What holds for the whole account. */
export function Settings() {
  useTitle('Settings');
  return (
    <AdminPage title="Settings">
      <Stack>
        <AccountSettings />
        <WalletSettings />
        <ProviderSettings />
      </Stack>
    </AdminPage>
  );
}
