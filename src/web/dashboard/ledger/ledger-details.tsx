import { Code, Drawer, Skeleton, Stack, Text, Title } from '@mantine/core';
import { LedgerDetailsDocument, type LedgerDetailsQuery } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { Instant } from '../../ui/instant';
import { writeMoney } from '../../format/money';
import { Problem } from '../../ui/problem';
import { StatusMark } from './ledger-columns';
import { Facts } from './ledger-facts';
import { useMaySeeTickets } from './ledger-news';
import { sourceWords } from './ledger-words';
import { ReverseButton } from './reverse';

type Pass = Extract<NonNullable<LedgerDetailsQuery['node']>, { startsAt: string }>;

/** All there is to know of one consumption, what was agreed to word for word among it. */
export function ConsumptionDetails({
  passId,
  onClose,
}: {
  passId: string | null;
  onClose: () => void;
}) {
  return (
    <Drawer
      opened={passId !== null}
      onClose={onClose}
      position="right"
      size="md"
      title="Consumption"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {passId !== null && <Details id={passId} />}
    </Drawer>
  );
}

function Details({ id }: { id: string }) {
  const withTickets = useMaySeeTickets();
  const { data, error, refetch } = useApiQuery(LedgerDetailsDocument, { id, withTickets });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  // Of the one before while this one is being read.
  if (!data || (data.node && data.node.id !== id)) return <Skeleton height={420} />;
  if (!data.node || !('startsAt' in data.node)) return <Text>There is no such consumption.</Text>;
  const pass = data.node;
  return (
    <Stack gap="lg">
      <Taken pass={pass} />
      <Agreed pass={pass} />
      {pass.reversibleUntil && (
        <Stack gap="xs" component="section" aria-labelledby="reversal">
          <Title order={3} size="h5" id="reversal">
            Reversal
          </Title>
          <Text size="sm">
            Possible until <Instant at={pass.reversibleUntil} />.
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
        ['Agent', `${agent.name} (${agent.email})`],
        ['Status', <StatusMark key="status" status={pass.status} />],
        ['Consumed', <Instant key="startsAt" at={pass.startsAt} />],
        ['Local date', pass.localDate],
        ['Time zone', timeZone],
        ['Until', <Instant key="expiresAt" at={pass.expiresAt} local={pass.expiresAtLocal} />],
        reversedAt ? ['Reversed', <Instant key="reversedAt" at={reversedAt} />] : null,
        ['Source', sourceWords[pass.source]],
        ticket ? ['Ticket', `#${ticket.number} ${ticket.subject}`] : null,
        client ? ['Client', client.name] : null,
        ['Wallet', pass.wallet.name],
        pass.emergency ? ['Emergency', 'Taken below zero, by the allowance'] : null,
        ['Id', <Code key="id">{pass.id}</Code>],
      ]}
    />
  );
}

/** The consent: the words, their language, the price, when. */
function Agreed({ pass: { consent } }: { pass: Pass }) {
  return (
    <Stack gap="xs" component="section" aria-labelledby="agreed">
      <Title order={3} size="h5" id="agreed">
        What was agreed to
      </Title>
      {consent ? (
        <>
          <blockquote className="agreed" lang={consent.locale} dir="auto">
            <Text size="sm">{consent.notice}</Text>
          </blockquote>
          <Facts
            facts={[
              ['Shown in', languageOf(consent.locale)],
              ['Agreed', <Instant key="confirmedAt" at={consent.confirmedAt} />],
              ['Price shown', consent.price ? `${writeMoney(consent.price)} before tax` : 'None'],
              consent.session ? ['Portal session of', consent.session.name] : null,
            ]}
          />
        </>
      ) : (
        <Text size="sm">Nobody was asked: an API key of the agent came in.</Text>
      )}
    </Stack>
  );
}

/** 'Spanish (es)' of 'es'. */
function languageOf(locale: string): string {
  try {
    return `${new Intl.DisplayNames('en', { type: 'language' }).of(locale)} (${locale})`;
  } catch {
    return locale;
  }
}
