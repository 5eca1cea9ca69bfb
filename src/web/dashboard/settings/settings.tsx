import { Stack } from '@mantine/core';
import { NoticeMails } from '../../ui/notice-mails';
import { Part } from '../../ui/part';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { AccountSettings } from './settings-account';
import { BillingSettings } from './settings-billing';
import { ChannelSettings } from './settings-channels';
import { ProviderSettings } from './settings-providers';
import { WalletSettings } from './settings-wallet';
import { words } from '../../words';

/** The admin's own mails. */
function MailSettings() {
  return (
    <Part title={words.notices.mails.title} description={words.notices.mails.text}>
      <NoticeMails />
    </Part>
  );
}

/** What holds for the whole account. */
export function Settings() {
  useTitle(words.settings.title);
  return (
    <AdminPage
      title={words.settings.title}
      invitation={words.settings.invitation}
      // An admin without a pass may change it too, as in the API.
      outside={
        <Stack>
          <MailSettings />
          <BillingSettings />
        </Stack>
      }
    >
      <Stack>
        <AccountSettings />
        <WalletSettings />
        <ChannelSettings />
        <ProviderSettings />
      </Stack>
    </AdminPage>
  );
}
