import { Button, Card, Select, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { AssigneeChoicesDocument, type TicketPartsFragment } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { useViewer } from '../session/viewer';
import { Instant } from '../ui/instant';
import { SearchSelect } from './search-select';
import { choicesOf, priorityWords, statusWords } from './ticket-words';
import { useTicketChange } from './use-ticket-change';

/** Who, how much and where it stands: what can be changed of a ticket, and what is known of it. */
export function TicketFacts({
  ticket,
  receive,
}: {
  ticket: TicketPartsFragment;
  receive: (ticket: TicketPartsFragment) => void;
}) {
  const { agent } = useViewer();
  const { fieldOf, change } = useTicketChange(ticket, receive);
  const assignee = fieldOf('assigneeId');
  return (
    <Card withBorder component="section" aria-labelledby="facts">
      <Title order={2} size="h4" id="facts" mb="sm">
        Details
      </Title>
      <Stack gap="sm">
        <Select
          label="Status"
          data={choicesOf(statusWords)}
          allowDeselect={false}
          {...fieldOf('status')}
        />
        <Select
          label="Priority"
          data={choicesOf(priorityWords)}
          allowDeselect={false}
          {...fieldOf('priority')}
        />
        <Assignee chosen={ticket.assignee ?? null} {...assignee} />
        {agent && agent.id !== ticket.assignee?.id && (
          <Button
            variant="default"
            size="xs"
            disabled={assignee.readOnly}
            onClick={() => void change('assigneeId', agent.id)}
          >
            Assign to me
          </Button>
        )}
        {ticket.assignee && (
          <Button
            variant="default"
            size="xs"
            disabled={assignee.readOnly}
            onClick={() => void change('assigneeId', null)}
          >
            Unassign
          </Button>
        )}
        <Fact title="Requester">
          {ticket.requesterName}
          <br />
          <Text component="span" size="sm" c="dimmed">
            {ticket.requesterEmail || 'No e-mail address'}
          </Text>
        </Fact>
        <Fact title="Client">{ticket.client?.name ?? 'None'}</Fact>
        <Fact title="Created">
          <Instant at={ticket.createdAt} timeZone={agent?.timeZone} />
        </Fact>
        <Fact title="Updated">
          <Instant at={ticket.updatedAt} timeZone={agent?.timeZone} />
        </Fact>
      </Stack>
    </Card>
  );
}

function Assignee({
  chosen,
  ...field
}: {
  chosen: { id: string; name: string } | null;
} & Omit<ReturnType<ReturnType<typeof useTicketChange>['fieldOf']>, 'value'>) {
  const [search, setSearch] = useState('');
  const { data } = useApiQuery(AssigneeChoicesDocument, { search: search || null });
  return (
    <SearchSelect
      label="Assignee"
      placeholder="Nobody"
      allowDeselect={false}
      {...field}
      chosen={chosen && { value: chosen.id, label: chosen.name }}
      choices={(data?.agents?.edges ?? []).map(({ node }) => ({
        value: node.id,
        label: node.name,
      }))}
      onSearch={setSearch}
    />
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      <Text component="div" className="written">
        {children}
      </Text>
    </div>
  );
}
