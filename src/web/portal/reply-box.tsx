import { Alert, Button, Group, Menu, Stack, Text, Textarea } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useRef, type FormEvent, type KeyboardEvent } from 'react';
import type { TicketPartsFragment, TicketStatus } from '../generated/app';
import { useViewer } from '../session/viewer';
import { statusWords } from './ticket-words';
import { useReply } from './use-reply';

/** As many characters as the service takes. */
const charactersMax = 20_000;

/** Writes on the ticket. What is half-written is there again whenever one comes back. */
export function ReplyBox({
  ticket,
  receive,
}: {
  ticket: TicketPartsFragment;
  receive: (ticket: TicketPartsFragment) => void;
}) {
  const { agent } = useViewer();
  const box = useRef<HTMLTextAreaElement>(null);
  const { text, setText, send, isSending, problem, hadDraft } = useReply({
    place: { agentId: agent?.id ?? '', ticketId: ticket.id },
    onWritten: receive,
  });
  const wasSending = useRef(false);
  useEffect(() => {
    // What is being sent is disabled, and has lost the focus to nobody.
    const isLost = document.activeElement === document.body;
    if (wasSending.current && !isSending && isLost) box.current?.focus();
    wasSending.current = isSending;
  }, [isSending]);
  const isReady = text.trim() !== '' && !isSending;
  const submit = (status: TicketStatus | null) => {
    if (isReady) void send(status);
  };
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit(null);
      }}
    >
      <fieldset className="plain" disabled={isSending}>
        <Stack gap="xs">
          <Textarea
            ref={box}
            label="Reply"
            description={hadDraft ? 'Your draft, as you left it.' : undefined}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(null);
            }}
            maxLength={charactersMax}
            autosize
            minRows={3}
            maxRows={16}
          />
          {problem && (
            <Alert color="red" variant="outline" role="alert">
              {problem}
            </Alert>
          )}
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              Kept as a draft in this browser until it is sent.
            </Text>
            <Group gap={0} wrap="nowrap">
              <Button type="submit" loading={isSending} disabled={!isReady} className="send">
                Send
              </Button>
              <SendAs now={ticket.status} isReady={isReady} onSend={submit} />
            </Group>
          </Group>
        </Stack>
      </fieldset>
    </form>
  );
}

function SendAs({
  now,
  isReady,
  onSend,
}: {
  now: TicketStatus;
  isReady: boolean;
  onSend: (status: TicketStatus) => void;
}) {
  const others = (Object.keys(statusWords) as TicketStatus[]).filter((status) => status !== now);
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button className="send-as" disabled={!isReady} aria-label="Send and set the status">
          <IconChevronDown size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((status) => (
          <Menu.Item key={status} onClick={() => onSend(status)}>
            Send and set to {statusWords[status]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
