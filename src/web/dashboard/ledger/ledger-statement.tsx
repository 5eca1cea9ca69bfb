import { Button, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { writeZone } from '../../../core/notation/zone';
import { writeCount } from '../../format/count';
import { pageLanguage } from '../../format/language';
import { writeMoney, writeSums } from '../../format/money';
import { writeClock, writeDate } from '../../format/times';
import { localIn } from '../../format/zone';
import {
  LedgerConsumptionsDocument,
  LedgerNowDocument,
  LedgerSubtotalsDocument,
  LedgerTotalDocument,
  type DayPassConsumptionFilter,
  type LedgerConsumptionFragment,
} from '../../generated/app';
import { ask } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { messageOf } from '../../ui/message-of';
import { words } from '../../words';
import type { LedgerFilter } from './ledger-filter';
import { readAllPages } from './ledger-pages';
import { Subtotals, type Sum } from './ledger-totals';
import './statement.css';

/** A longer statement is for a spreadsheet: the export has all rows. */
const rowsMax = 2_000;
/** All that the service adds up in one answer. */
const groupsMax = 1_000;

interface Statement {
  passes: LedgerConsumptionFragment[];
  isCut: boolean;
  total: Omit<Sum, 'key' | 'label' | 'unitPrice'> | undefined;
  groups: Sum[];
  now: string;
}

/** Prints the whole list under its filter, oldest first, with its sums, on A4. */
export const PrintStatement = memo(function PrintStatement({
  filter,
  wanted,
  withTickets,
  isDisabled,
}: {
  filter: DayPassConsumptionFilter;
  wanted: LedgerFilter;
  withTickets: boolean;
  isDisabled: boolean;
}) {
  const [statement, setStatement] = useState<Statement | null>(null);
  const [isReading, setReading] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const reading = useRef<AbortController>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const read = async () => {
    const { signal } = (reading.current = new AbortController());
    setReading(true);
    setError(null);
    try {
      setStatement(await readStatement(filter, withTickets, signal));
    } catch (cause) {
      if (!signal.aborted) setError(cause as Error);
    } finally {
      setReading(false);
    }
  };
  return (
    <>
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {messageOf(error)}
        </Text>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPrinter size={16} aria-hidden />}
        loading={isReading}
        disabled={isDisabled}
        onClick={() => void read()}
      >
        {words.ledger.statement.print}
      </Button>
      {statement &&
        createPortal(
          <Sheets {...{ statement, wanted, withTickets }} onPrinted={() => setStatement(null)} />,
          document.body,
        )}
    </>
  );
});

async function readStatement(
  filter: DayPassConsumptionFilter,
  withTickets: boolean,
  signal: AbortSignal,
): Promise<Statement> {
  const orderBy = { field: 'STARTS_AT', direction: 'ASC' } as const;
  const passes: LedgerConsumptionFragment[] = [];
  const pages = readAllPages(async (after, stop) => {
    const page = { filter, orderBy, withTickets, first: 100, after };
    return (await ask(LedgerConsumptionsDocument, page, stop)).dayPassConsumptions!;
  }, signal);
  let isCut = false;
  for await (const { rows } of pages) {
    passes.push(...rows);
    isCut = passes.length > rowsMax;
    if (isCut) break;
  }
  const asked = { filter, groupBy: 'AGENT', top: groupsMax } as const;
  const [sums, groups, { account }] = await Promise.all([
    ask(LedgerTotalDocument, { filter }, signal),
    ask(LedgerSubtotalsDocument, asked, signal),
    ask(LedgerNowDocument, {}, signal),
  ]);
  return {
    passes: passes.slice(0, rowsMax),
    isCut,
    total: sums.dayPassConsumptionSums?.[0],
    groups: groups.dayPassConsumptionSums ?? [],
    now: account.now,
  };
}

function Sheets({
  statement: { passes, isCut, total, groups, now },
  wanted,
  withTickets,
  onPrinted,
}: {
  statement: Statement;
  wanted: LedgerFilter;
  withTickets: boolean;
  onPrinted: () => void;
}) {
  const { account } = useViewer();
  const printed = useRef(onPrinted);
  useEffect(() => {
    const done = () => printed.current();
    window.addEventListener('afterprint', done);
    window.print();
    return () => window.removeEventListener('afterprint', done);
  }, []);
  const texts = words.ledger.statement;
  const at = (instant: string) => localIn(Date.parse(instant), account.timeZone);
  return (
    <article className="statement">
      <header>
        <h1>{texts.title}</h1>
        <p>{account.name}</p>
        <p>{periodOf(wanted)}</p>
        <p className="quiet">
          {texts.printed(
            writeClock(at(now), 'full'),
            writeZone(account.timeZone, pageLanguage, account.zone.abbreviation),
          )}
        </p>
      </header>
      <dl>
        <dt>{words.ledger.totals.count}</dt>
        <dd>{writeCount(total?.consumed ?? 0)}</dd>
        <dt>{words.ledger.totals.paid}</dt>
        <dd>{writeSums(total?.paidByCurrency ?? [])}</dd>
        <dt>{words.ledger.totals.reversed}</dt>
        <dd>{texts.notCounted(total?.reversed ?? 0)}</dd>
      </dl>
      <h2>{words.ledger.totals.by.AGENT}</h2>
      <Subtotals groups={groups} by="AGENT" />
      <h2>{words.ledger.consumptions}</h2>
      {isCut && <p>{texts.cut(rowsMax)}</p>}
      <table>
        <thead>
          <tr>
            <th>{words.ledger.fields.when}</th>
            <th>{words.ledger.fields.agent}</th>
            <th>{words.ledger.fields.source}</th>
            {withTickets && <th>{words.ledger.fields.client}</th>}
            <th>{words.ledger.fields.status}</th>
            <th className="number">{words.ledger.fields.paid}</th>
          </tr>
        </thead>
        <tbody>
          {passes.map(({ id, startsAt, agent, source, ticket, client, status, paid }) => (
            <tr key={id} data-struck={status === 'REVERSED' || undefined}>
              <td>{writeClock(at(startsAt), 'full')}</td>
              <td>{agent.name}</td>
              <td>
                {words.ledger.source[source]}
                {ticket && ` ${words.ledger.ticketNumber(ticket.number)}`}
              </td>
              {withTickets && <td>{client?.name ?? '–'}</td>}
              <td>{words.ledger.status[status]}</td>
              <td className="number">{paid ? writeMoney(paid) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

function periodOf({ from, to }: LedgerFilter): string {
  const date = (of: string) => writeDate(of, 'longDate');
  if (from && to) return words.ledger.statement.period(date(from), date(to));
  if (from) return words.ledger.statement.since(date(from));
  return to ? words.ledger.statement.until(date(to)) : words.ledger.period.all;
}
