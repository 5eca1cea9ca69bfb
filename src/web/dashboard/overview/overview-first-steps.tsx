import { Anchor, CloseButton, Group, Paper, Text, Title } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { addressOf } from '../../api/address';
import { OverviewFirstStepsDocument } from '../../generated/app';
import { keep, readKept } from '../../session/kept';
import { useApiQuery } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { firstSteps, type FirstStep } from './first-steps.rules';
import { words } from '../../words';

const dayMs = 86_400_000;

/** Where the steps of this list are done. Prices and the gate are not pages of the dashboard. */
const places: Record<FirstStep['name'], { page: string } | { docs: string }> = {
  prices: { docs: 'docs/deploy#prices' },
  agents: { page: '/admin/agents' },
  passes: { page: '/admin/buy' },
  gate: { docs: 'docs/embed' },
};

/** What a new account still needs: null when all is done, or when the person has closed the list. */
export function useFirstSteps(): {
  steps: FirstStep[] | null;
  close: () => void;
  isLoading: boolean;
} {
  const { id, sandbox } = useViewer().account;
  const keeping = { name: `first steps ${id}`, in: 'browser', forMs: 3_650 * dayMs } as const;
  const [isClosed, setIsClosed] = useState(() => readKept(keeping) !== null);
  const { data, isLoading } = useApiQuery(OverviewFirstStepsDocument, {}, { enabled: !isClosed });
  const steps = data && firstSteps(data, { sandbox });
  const isDone = steps?.every((step) => step.isDone) ?? false;
  useEffect(() => {
    // It is never asked for again in this browser.
    if (isDone) keep(keeping, 'done');
  });
  const close = () => {
    keep(keeping, 'closed');
    setIsClosed(true);
    // The button that had the focus is gone.
    document.getElementById('content')?.focus();
  };
  return { steps: isClosed || !steps || isDone ? null : steps, close, isLoading };
}

export function OverviewFirstSteps({
  steps,
  close,
}: {
  steps: readonly FirstStep[];
  close: () => void;
}) {
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="first-steps">
      <Group justify="space-between" align="start" wrap="nowrap" mb="sm">
        <div>
          <Title order={2} size="h4" id="first-steps">
            {words.overview.steps.title}
          </Title>
          <Text size="sm" c="dimmed">
            {words.overview.steps.text}
          </Text>
        </div>
        <CloseButton aria-label={words.overview.steps.close} onClick={close} />
      </Group>
      <ol className="steps">
        {steps.map((step) => (
          <Step key={step.name} {...step} />
        ))}
      </ol>
    </Paper>
  );
}

function Step({ name, isDone }: FirstStep) {
  const text = stepTexts[name];
  return (
    <li className="step" data-done={isDone || undefined}>
      {isDone ? <IconCircleCheckFilled aria-hidden /> : <IconCircle aria-hidden />}
      <div>
        <span className="unseen">
          {isDone ? words.overview.steps.done : words.overview.steps.toDo}{' '}
        </span>
        {isDone ? (
          <Text span c="dimmed">
            {text.title}
          </Text>
        ) : (
          <StepLink place={places[name]} title={text.title} />
        )}
        {!isDone && (
          <Text size="sm" c="dimmed">
            {text.about}
          </Text>
        )}
      </div>
    </li>
  );
}

function StepLink({ place, title }: { place: (typeof places)[FirstStep['name']]; title: string }) {
  if ('page' in place) {
    return (
      <Anchor component={Link} to={place.page} fw={600}>
        {title}
      </Anchor>
    );
  }
  return (
    <Anchor href={addressOf(place.docs)} target="_blank" rel="noreferrer" fw={600}>
      {title}
    </Anchor>
  );
}

const stepTexts: Record<FirstStep['name'], { title: string; about: string }> = {
  prices: { title: words.overview.steps.prices, about: words.overview.steps.pricesText },
  agents: { title: words.overview.steps.agents, about: words.overview.steps.agentsText },
  passes: { title: words.overview.steps.passes, about: words.overview.steps.passesText },
  gate: { title: words.overview.steps.gate, about: words.overview.steps.gateText },
};
