import { ToCome } from '../../ui/to-come';
import { SideDialog } from '../../ui/dialog';
import { writeZone } from '../../../core/notation/zone';
import { writeDate } from '../../format/times';
import { Code, Stack, Text, Title } from '@mantine/core';
import { memo } from 'react';
import { LedgerDetailsDocument, type LedgerDetailsQuery } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { Instant } from '../../ui/instant';
import { writeMoney } from '../../format/money';
import { Problem } from '../../ui/problem';
import { agentPath, clientPath, NameLink, ticketPath } from '../links';
import { PassMark } from '../pass-mark';
import { Facts } from './ledger-facts';
import { useMaySeeTickets } from './ledger-news';
import { actorOf } from './ledger-words';
import { ReverseButton } from './reverse';
import { Rich } from '../../ui/rich';
import { pageLanguage } from '../../format/language';
import { words } from '../../words';

type Pass = Extract<NonNullable<LedgerDetailsQuery['node']>, { startsAt: string }>;

/** All details of one consumption, with the notice that the agent agreed to, word for word. */
export const ConsumptionDetails = memo(function ConsumptionDetails({
  passId,
  onClose,
}: {
  passId: string | null;
  onClose: () => void;
}) {
  return (
    <SideDialog
      opened={passId !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={words.ledger.details.title}
    >
      {passId !== null && <Details id={passId} />}
    </SideDialog>
  );
});

function Details({ id }: { id: string }) {
  const withTickets = useMaySeeTickets();
  const { data, error, refetch } = useApiQuery(LedgerDetailsDocument, { id, withTickets });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  // The former one, while this one loads.
  if (!data || (data.node && data.node.id !== id)) return <ToCome height={420} />;
  if (!data.node || !('startsAt' in data.node)) return <Text>{words.ledger.details.notFound}</Text>;
  const pass = data.node;
  return (
    <Stack gap="lg">
      <Taken pass={pass} />
      <Agreed pass={pass} />
      {pass.reversibleUntil && (
        <Stack gap="xs" component="section" aria-labelledby="reversal">
          <Title order={3} size="h5" id="reversal">
            {words.ledger.details.reversal}
          </Title>
          <Text size="sm">
            <Rich
              text={words.ledger.details.reversibleUntil}
              parts={{ time: () => <Instant at={pass.reversibleUntil!} /> }}
            />
          </Text>
          <div>
            <ReverseButton pass={pass} />
          </div>
        </Stack>
      )}
    </Stack>
  );
}

function Taken({ pass }: { pass: Pass }) {
  const { agent, ticket, client, timeZone, reversedAt } = pass;
  return (
    <Facts
      facts={[
        [
          words.ledger.fields.agent,
          <NameLink
            key="agent"
            to={agentPath(agent.id)}
            name={words.ledger.agentWithEmail(agent.name, agent.email)}
          />,
        ],
        [words.ledger.fields.status, <PassMark key="status" status={pass.status} />],
        [words.ledger.fields.consumed, <Instant key="startsAt" at={pass.startsAt} />],
        [words.ledger.fields.localDate, writeDate(pass.localDate, 'dateOfYear')],
        [words.ledger.fields.timeZone, writeZone(timeZone, pageLanguage)],
        [
          words.ledger.fields.until,
          <Instant
            key="expiresAt"
            at={pass.expiresAt}
            there={{ local: pass.expiresAtLocal, timeZone }}
          />,
        ],
        reversedAt
          ? [words.ledger.fields.reversed, <Instant key="reversedAt" at={reversedAt} />]
          : null,
        pass.reversal ? [words.ledger.fields.reversedBy, actorOf(pass.reversal)] : null,
        pass.reversal ? [words.ledger.fields.reversalReason, pass.reversal.reason] : null,
        [words.ledger.fields.source, words.ledger.source[pass.source]],
        ticket
          ? [
              words.ledger.fields.ticket,
              <NameLink
                key="ticket"
                to={ticketPath(ticket.id)}
                name={words.ledger.ticketWithSubject(ticket.number, ticket.subject)}
              />,
            ]
          : null,
        client
          ? [
              words.ledger.fields.client,
              <NameLink key="client" to={clientPath(client.id)} name={client.name} />,
            ]
          : null,
        [words.ledger.fields.wallet, pass.wallet.name],
        pass.emergency ? [words.ledger.fields.emergency, words.ledger.emergencyText] : null,
        [words.ledger.fields.paid, paidText(pass)],
        [words.ledger.fields.id, <Code key="id">{pass.id}</Code>],
      ]}
    />
  );
}

/** What was paid for the pass, or why nothing was. */
function paidText({ paid, status, emergency }: Pass): string {
  if (paid) return words.ledger.details.priceBeforeTax(writeMoney(paid));
  if (status === 'REVERSED') return words.ledger.details.paidNone.reversed;
  return words.ledger.details.paidNone[emergency ? 'emergency' : 'granted'];
}

/** The consent: the notice, its language, the price and the time. */
function Agreed({ pass: { consent } }: { pass: Pass }) {
  return (
    <Stack gap="xs" component="section" aria-labelledby="agreed">
      <Title order={3} size="h5" id="agreed">
        {words.ledger.details.consent}
      </Title>
      {consent ? (
        <>
          <blockquote className="agreed" lang={consent.locale} dir="auto">
            <Text size="sm">{consent.notice}</Text>
          </blockquote>
          <Facts
            facts={[
              [words.ledger.details.language, languageOf(consent.locale)],
              [words.ledger.details.agreed, <Instant key="confirmedAt" at={consent.confirmedAt} />],
              [
                words.ledger.details.price,
                consent.price
                  ? words.ledger.details.priceBeforeTax(writeMoney(consent.price))
                  : words.ledger.details.noPrice,
              ],
              consent.session ? [words.ledger.details.session, consent.session.name] : null,
            ]}
          />
        </>
      ) : (
        <Text size="sm">{words.ledger.details.noConsent}</Text>
      )}
    </Stack>
  );
}

/** 'Spanish (es)' of 'es'. */
function languageOf(locale: string): string {
  try {
    const names = new Intl.DisplayNames(pageLanguage, { type: 'language' });
    return words.ledger.details.languageWithTag(names.of(locale) ?? locale, locale);
  } catch {
    return locale;
  }
}
