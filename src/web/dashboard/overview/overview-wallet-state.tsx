import { Alert, Anchor, Stack } from '@mantine/core';
import { IconAlertTriangle, IconSnowflake } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { OverviewWalletDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { Rich } from '../../ui/rich';
import { words } from '../../words';

/** Warnings about the wallet, and what to do about them. Never gated. */
export function OverviewWalletState({
  balance: live,
  isNew = false,
}: {
  /** Null until the stream has reported it. */
  balance: number | null;
  /** No pass has been bought or granted yet: that none is left is no news. */
  isNew?: boolean;
}) {
  const wallet = useApiQuery(OverviewWalletDocument, {}).data?.dayPassWallet;
  if (!wallet) return null;
  const balance = live ?? wallet.balance;
  const isLow = wallet.lowBalanceThreshold != null && balance <= wallet.lowBalanceThreshold;
  if (!wallet.frozenAt && (isNew || (balance > 0 && !isLow))) return null;
  return (
    <Stack gap="xs">
      {wallet.frozenAt && (
        <State Icon={IconSnowflake} title={words.overview.wallet.frozen}>
          <Rich text={words.overview.wallet.frozenText} parts={ways} />
        </State>
      )}
      {isNew ? null : balance <= 0 ? (
        <Exhausted balance={balance} allowance={wallet.emergencyAllowance} />
      ) : (
        isLow && (
          <State title={words.overview.wallet.low}>
            <Rich text={words.overview.wallet.lowText(wallet.lowBalanceThreshold!)} parts={ways} />
          </State>
        )
      )}
    </Stack>
  );
}

function Exhausted({ balance, allowance }: { balance: number; allowance: number }) {
  const left = allowance + balance;
  const owed = -balance;
  return (
    <State title={owed === 0 ? words.overview.wallet.empty : words.overview.wallet.owed(owed)}>
      {owed > 0 && `${words.overview.wallet.owedText} `}
      {left > 0 ? words.overview.wallet.emergencyLeft(left) : words.overview.wallet.noneLeft}{' '}
      <Rich text={words.overview.wallet.buy} parts={ways} />
    </State>
  );
}

function State({
  title,
  children,
  Icon = IconAlertTriangle,
}: {
  title: string;
  children: ReactNode;
  Icon?: typeof IconAlertTriangle;
}) {
  return (
    <Alert
      variant="outline"
      color="orange"
      title={title}
      icon={<Icon aria-hidden />}
      role="status"
      // The colour is for the frame: it is too light for text.
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {children}
    </Alert>
  );
}

const wayTo = (to: string) => (text: string) => (
  <Anchor component={Link} to={to} inherit underline="always">
    {text}
  </Anchor>
);

/** The links in these texts. */
const ways = { buy: wayTo('/admin/buy'), settings: wayTo('/admin/settings') };
