import { Mark } from '../../ui/mark';
import { words } from '../../words';
import { statusOf } from './webhook-words';

const colors = { ACTIVE: 'teal', FAILING: 'orange', PAUSED: 'gray', PAUSED_FAILING: 'red' };

export function WebhookStatusMark({ webhook }: { webhook: Parameters<typeof statusOf>[0] }) {
  const status = statusOf(webhook);
  return <Mark label={words.webhooks.state[status]} color={colors[status]} />;
}
