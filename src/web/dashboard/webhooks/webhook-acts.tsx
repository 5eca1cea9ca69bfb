import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  ReplayWebhookDocument,
  SendTestWebhookDocument,
  UpdateWebhookEndpointDocument,
} from '../../generated/app';
import { useSubmitOnce } from '../../session/use-submit-once';
import { AskingButton } from '../../ui/asking-button';
import { Refused } from '../../ui/refused';
import { sayDone } from '../../ui/say-done';
import { words } from '../../words';
import { readReplay, type Webhook } from './webhook-words';

/** Continues delivery at once, at the place of the webhook. */
export function Resume({ webhook: { id }, label }: { webhook: Webhook; label: string }) {
  const resume = useUpdate();
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={resume.isBusy}
        onClick={() => resume.send({ input: { endpointId: id, paused: false } })}
      >
        {label}
      </Button>
      <Refused of={resume} />
    </>
  );
}

export function Pause({ webhook: { id, state } }: { webhook: Webhook }) {
  const pause = useUpdate();
  if (state !== 'ACTIVE') return null;
  return (
    <>
      <Button
        variant="default"
        loading={pause.isBusy}
        onClick={() => pause.send({ input: { endpointId: id, paused: true } })}
      >
        {words.webhooks.pause}
      </Button>
      <Refused of={pause} />
    </>
  );
}

function useUpdate() {
  return useSubmitOnce(UpdateWebhookEndpointDocument, {
    of: ({ updateWebhookEndpoint }) => updateWebhookEndpoint,
  });
}

/** Sends a test, and reports the answer. */
export function SendTest({ webhook: { id } }: { webhook: Webhook }) {
  const test = useSubmitOnce(SendTestWebhookDocument, {
    of: ({ sendTestWebhook }) => sendTestWebhook,
    done({ attempt }) {
      if (!attempt) return;
      const { status, milliseconds, error } = attempt;
      sayDone(
        status
          ? words.webhooks.testAnswered(String(status), milliseconds)
          : words.webhooks.testFailed(error ?? ''),
      );
    },
  });
  return (
    <>
      <Button loading={test.isBusy} onClick={() => test.send({ input: { endpointId: id } })}>
        {words.webhooks.test}
      </Button>
      <Refused of={test} />
    </>
  );
}

/** Sends earlier events again: some by their numbers, or all from a place on. */
export function Replay({ webhook: { id } }: { webhook: Webhook }) {
  const [text, setText] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const replayed = readReplay(text);
  return (
    <AskingButton
      label={words.webhooks.replay}
      title={words.webhooks.replayTitle}
      isRight={() => {
        setIsWrong(replayed === null);
        return replayed !== null;
      }}
      document={ReplayWebhookDocument}
      variables={{ input: { endpointId: id, ...replayed } }}
      of={({ replayWebhook }) => replayWebhook}
      done={({ events }) => {
        setText('');
        sayDone(events === null ? words.webhooks.replayedMany : words.webhooks.replayed(events));
      }}
    >
      <Stack gap="xs">
        <TextInput
          label={words.webhooks.replayLabel}
          description={words.webhooks.replayText}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          error={
            replayed === null && (isWrong || text !== '') ? words.webhooks.replayInvalid : null
          }
        />
      </Stack>
    </AskingButton>
  );
}

/** Sends one event of the log again. */
export function SendAgain({ webhookId, sequence }: { webhookId: string; sequence: number }) {
  const replay = useSubmitOnce(ReplayWebhookDocument, {
    of: ({ replayWebhook }) => replayWebhook,
    done: () => sayDone(words.webhooks.replayed(1)),
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        loading={replay.isBusy}
        aria-label={words.webhooks.tries.sendAgainOf(sequence)}
        onClick={() => replay.send({ input: { endpointId: webhookId, sequences: [sequence] } })}
      >
        {words.webhooks.tries.sendAgain}
      </Button>
      <Refused of={replay} />
    </>
  );
}
