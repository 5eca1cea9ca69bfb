import { Alert } from '@mantine/core';
import { AccountClockDocument } from '../generated/app';
import { useAsk } from '../session/use-ask';
import { Instant } from '../ui/instant';
import { Problem } from '../ui/problem';

/** On sandbox accounts: what its clock shows. */
export function SandboxStrip() {
  const { data, error } = useAsk(AccountClockDocument, {});
  if (error) return <Problem error={error} />;
  return <Alert radius={0}>Sandbox: {data && <Instant at={data.account.now} />}</Alert>;
}
