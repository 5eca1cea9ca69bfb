import { Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Fault } from '../../api/fault';
import {
  OverviewEntriesDocument,
  OverviewPricesDocument,
  OverviewWalletDocument,
  WalletChangedDocument,
  type WalletChangedSubscription,
} from '../../generated/app';
import { nameOf, useApiQuery } from '../../session/use-api-query';
import { useLive, useLiveState } from '../../session/use-live';
import { writeCount, writeDelta } from '../../format/count';
import { Instant } from '../../ui/instant';
import { LiveMark } from '../../ui/live-mark';
import { writeMoney } from '../../format/money';
import { Problem } from '../../ui/problem';
import { useSoon } from '../../ui/use-soon';
import { entriesMax } from './feed.rules';
import { pricesNow } from './overview.rules';
import { Tile } from './tile';
import { words } from '../../words';

/** No stream reports whether a wallet is frozen, or its low-balance limit. */
const walletEveryMs = 15_000;

type Change = WalletChangedSubscription['dayPassWalletChanged'];

interface LastChange {
  delta: number;
  /** Null for an admin who is not in. */
  at: string | null | undefined;
}

/** The live balance. Never gated. */
export function OverviewBalance({ onBalance }: { onBalance: (balance: number) => void }) {
  const queries = useQueryClient();
  const [now, setNow] = useState<Change | null>(null);
  const [live, setLastChange] = useState<LastChange | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const readSoon = useSoon(
    () => void queries.invalidateQueries({ queryKey: [nameOf(OverviewWalletDocument as never)] }),
  );
  useLive(
    WalletChangedDocument,
    {},
    {
      next: ({ dayPassWalletChanged: change }) => {
        setNow(change);
        // A resync stands for missed changes, and does not say which was the last.
        if (change.resync) setLastChange(null);
        else if (change.delta !== 0) {
          setLastChange({ delta: change.delta, at: change.cause?.occurredAt });
        }
        onBalance(change.balance);
        // The first message has the state that was just read.
        if (change.delta !== 0 || change.resync) readSoon();
      },
      fault: setFault,
      resume: (_, { dayPassWalletChanged: { cursor } }) => ({ after: cursor }),
    },
  );
  const { data } = useApiQuery(OverviewWalletDocument, {}, { everyMs: walletEveryMs });
  const read = useLastChangeRead(data?.dayPassWallet?.id);
  if (fault) {
    return (
      <div className="overview-wide">
        <Problem error={fault} />
      </div>
    );
  }
  return (
    <Tile
      name="left"
      label={words.overview.balance.left}
      aside={<LiveMark />}
      remark={<PassPrice />}
    >
      {now && <Balance balance={now.balance} last={live ?? read} />}
    </Tile>
  );
}

function Balance({ balance, last }: { balance: number; last: LastChange | null }) {
  const isLive = useLiveState() === 'LIVE';
  return (
    <Group align="baseline" gap="0 0.5rem">
      <Text
        className="balance"
        data-fact="balance"
        role="status"
        aria-label={words.overview.balance.leftCount(balance)}
        // A value that may be out of date looks different.
        c={isLive ? undefined : 'dimmed'}
      >
        {writeCount(balance)}
      </Text>
      {last && (
        <Text key={balance} className="delta" data-fact="delta" size="xs" fw={400} c="dimmed">
          {writeDelta(last.delta)}
          {last.at && (
            <>
              {', '}
              <Instant at={last.at} isShort />
            </>
          )}
        </Text>
      )}
    </Group>
  );
}

/** The last change before the page was opened, if the feed has it. */
function useLastChangeRead(walletId: string | undefined): LastChange | null {
  const { data } = useApiQuery(OverviewEntriesDocument, { last: entriesMax }, { enabled: false });
  const last = data?.dayPassEvents?.edges
    .map(({ node }) => node)
    .findLast(({ delta, wallet }) => delta !== 0 && wallet.id === walletId);
  return last ? { delta: last.delta, at: last.occurredAt } : null;
}

function PassPrice() {
  const { data } = useApiQuery(OverviewPricesDocument, {});
  const prices = data?.dayPassPrices && pricesNow(data.dayPassPrices, data.account.now);
  if (!prices) return null;
  const { most, least } = prices;
  return (
    <Text span inherit data-fact="price">
      {least === most
        ? words.overview.balance.price(writeMoney(most.unitPrice))
        : words.overview.balance.priceFrom(
            writeMoney(most.unitPrice),
            writeMoney(least.unitPrice),
            least.minimumQuantity,
          )}
    </Text>
  );
}
