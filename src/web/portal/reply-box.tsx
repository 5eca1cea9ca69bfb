import { Alert, Button, Group, Menu, Stack, Text, Textarea } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useRef, type FormEvent, type KeyboardEvent } from 'react';
import type { TicketPartsFragment, TicketStatus } from '../generated/app';
import { useViewer } from '../session/viewer';
import { atMost } from '../ui/field-rules';
import { useReply } from './use-reply';
import { words } from '../words';

/** As many characters as the service accepts. */
const charactersMax = 20_000;

/** Adds a reply to the ticket. A draft is kept until it is sent. */
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
    // While it is sent the box is disabled and loses the focus.
    const isLost = document.activeElement === document.body;
    if (wasSending.current && !isSending && isLost) box.current?.focus();
    wasSending.current = isSending;
  }, [isSending]);
  const tooLong = atMost(charactersMax)(text);
  const isReady = text.trim() !== '' && !tooLong && !isSending;
  const submit = (status: TicketStatus | null) => {
    if (isReady) send(status);
  };
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit(null);
      }}
    >
      <fieldset className="plain as-wide" disabled={isSending}>
        <Stack gap="xs">
          <Textarea
            ref={box}
            label={words.portal.replies.label}
            description={hadDraft ? words.portal.replies.draft : undefined}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(null);
            }}
            error={tooLong}
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
              {words.portal.replies.kept}
            </Text>
            <Group gap={0} wrap="nowrap">
              <Button type="submit" loading={isSending} disabled={!isReady} className="send">
                {words.portal.replies.send}
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
  const others = (Object.keys(words.portal.status) as TicketStatus[]).filter(
    (status) => status !== now,
  );
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button className="send-as" disabled={!isReady} aria-label={words.portal.replies.sendAs}>
          <IconChevronDown size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((status) => (
          <Menu.Item key={status} onClick={() => onSend(status)}>
            {words.portal.replies.sendAndSet(words.portal.status[status])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
