import { writeCount } from '../../format/count';
import { Alert, Anchor } from '@mantine/core';
import { IconAlertTriangle, IconSnowflake } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { OverviewWalletQuery } from '../../generated/app';

type Wallet = NonNullable<OverviewWalletQuery['dayPassWallet']>;

/** What is not well with a wallet, and what to do about it; nothing where all is. */
export function OverviewWalletState({ balance, wallet }: { balance: number; wallet: Wallet }) {
  return (
    <>
      {wallet.frozenAt && (
        <State Icon={IconSnowflake} title="The wallet is frozen">
          No occasional agent can come in until it is unfrozen in the{' '}
          <Way to="/admin/settings">settings</Way>. Who is in stays in.
        </State>
      )}
      {balance <= 0 ? (
        <Exhausted balance={balance} allowance={wallet.emergencyAllowance} />
      ) : (
        wallet.lowBalanceThreshold != null &&
        balance <= wallet.lowBalanceThreshold && (
          <State title="The balance is low">
            {writeCount(wallet.lowBalanceThreshold)} or fewer are left, which is where you want to
            hear of it. <Way to="/admin/buy">Buy day passes</Way> before they run out.
          </State>
        )
      )}
    </>
  );
}

function Exhausted({ balance, allowance }: { balance: number; allowance: number }) {
  const left = allowance + balance;
  const owed = -balance;
  return (
    <State
      title={
        owed === 0
          ? 'No passes are left'
          : `${owed === 1 ? 'One emergency pass is' : `${owed} emergency passes are`} owed`
      }
    >
      {owed > 0 && 'They come out of what you buy next. '}
      {left > 0
        ? `In an emergency ${left === 1 ? 'one more' : `${left} more`} can be used. `
        : 'No occasional agent can come in. '}
      <Way to="/admin/buy">Buy day passes</Way>.
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
      // The colour is for the frame: as letters it is too light to be read.
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {children}
    </Alert>
  );
}

function Way({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Anchor component={Link} to={to} inherit underline="always">
      {children}
    </Anchor>
  );
}
