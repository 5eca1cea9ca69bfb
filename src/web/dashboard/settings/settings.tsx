import { Stack } from '@mantine/core';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { AccountSettings } from './settings-account';
import { BillingSettings } from './settings-billing';
import { ProviderSettings } from './settings-providers';
import { WalletSettings } from './settings-wallet';
import { words } from '../../words';

/** What holds for the whole account. */
export function Settings() {
  useTitle(words.settings.title);
  return (
    <AdminPage
      title={words.settings.title}
      invitation={words.settings.invitation}
      // An admin without a pass may change it too, as in the API.
      outside={<BillingSettings />}
    >
      <Stack>
        <AccountSettings />
        <WalletSettings />
        <ProviderSettings />
      </Stack>
    </AdminPage>
  );
}
