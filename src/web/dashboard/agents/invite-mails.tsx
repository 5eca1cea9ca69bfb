import { Alert, Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { MailsGoOutDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { Rich } from '../../ui/rich';
import { words } from '../../words';

/** Whether the account sends mails; null until it is known. */
export function useMailsGoOut(): boolean | null {
  return useApiQuery(MailsGoOutDocument, {}).data?.account.emailNotificationsEnabled ?? null;
}

/** Whether an invitation is sent by mail, and what to do if not. */
export function WhatGoesOut({ mails }: { mails: boolean | null }) {
  if (mails === null) return null;
  if (mails) {
    return <Alert variant="outline">{words.agents.invite.willMail}</Alert>;
  }
  return (
    <Alert color="orange" variant="outline">
      <Rich
        text={words.agents.invite.willNotMail}
        parts={{
          settings: (text) => (
            <Anchor component={Link} to="/admin/settings" inherit underline="always">
              {text}
            </Anchor>
          ),
        }}
      />
    </Alert>
  );
}
