import { Alert, Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { MailsGoOutDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';

/** Whether the account sends mails; null while that is not known. */
export function useMailsGoOut(): boolean | null {
  return useApiQuery(MailsGoOutDocument, {}).data?.account.emailNotificationsEnabled ?? null;
}

/** Whether an invitation goes out by mail, and what to do where it does not. */
export function WhatGoesOut({ mails }: { mails: boolean | null }) {
  if (mails === null) return null;
  if (mails) {
    return (
      <Alert variant="outline">
        A mail with a link to activate the account is sent at once. The link can be used for seven
        days.
      </Alert>
    );
  }
  return (
    <Alert color="orange" variant="outline">
      E-mail notifications are off, so no mail is sent. You will see the link here and can hand it
      over, or{' '}
      <Anchor component={Link} to="/admin/settings" inherit>
        switch them on in the settings
      </Anchor>{' '}
      first.
    </Alert>
  );
}
