import { Anchor, Button, Card, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { AssigneeChoicesDocument, type TicketPartsFragment } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { isAdmin, useViewer } from '../session/viewer';
import { Instant } from '../ui/instant';
import { SearchSelect } from './search-select';
import { choicesOf } from '../ui/choices';
import { useTicketChange } from './use-ticket-change';
import { Email } from '../ui/email';
import { words } from '../words';

/** A ticket's fields: those that can be changed, and those that can only be read. */
export function TicketFacts({
  ticket,
  receive,
}: {
  ticket: TicketPartsFragment;
  receive: (ticket: TicketPartsFragment) => void;
}) {
  const viewer = useViewer();
  const { agent } = viewer;
  const { fieldOf, change } = useTicketChange(ticket, receive);
  const assignee = fieldOf('assigneeId');
  return (
    <Card withBorder component="section" aria-labelledby="facts">
      <Title order={2} size="h4" id="facts" mb="sm">
        {words.portal.page.details}
      </Title>
      <Stack gap="sm">
        <Select
          label={words.portal.fields.status}
          data={choicesOf(words.portal.status)}
          allowDeselect={false}
          {...fieldOf('status')}
        />
        <Select
          label={words.portal.fields.priority}
          data={choicesOf(words.portal.priority)}
          allowDeselect={false}
          {...fieldOf('priority')}
        />
        <Assignee chosen={ticket.assignee ?? null} {...assignee} />
        <Group grow gap="xs">
          {agent && agent.id !== ticket.assignee?.id && (
            <Button
              variant="default"
              size="xs"
              disabled={assignee.readOnly}
              onClick={() => change('assigneeId', agent.id)}
            >
              {words.portal.page.assignToMe}
            </Button>
          )}
          {ticket.assignee && (
            <Button
              variant="default"
              size="xs"
              disabled={assignee.readOnly}
              onClick={() => change('assigneeId', null)}
            >
              {words.portal.page.unassign}
            </Button>
          )}
        </Group>
        <Fact title={words.portal.fields.requester}>
          {ticket.requesterName}
          <br />
          <Text component="span" size="sm" c="dimmed">
            {ticket.requesterEmail ? (
              <Email address={ticket.requesterEmail} />
            ) : (
              words.portal.page.noEmail
            )}
          </Text>
        </Fact>
        <Fact title={words.portal.fields.client}>
          {ticket.client && isAdmin(viewer) ? (
            <Anchor
              component={Link}
              to={`/admin/clients/${encodeURIComponent(ticket.client.id)}`}
              inherit
            >
              {ticket.client.name}
            </Anchor>
          ) : (
            (ticket.client?.name ?? words.portal.none)
          )}
        </Fact>
        <Fact title={words.portal.fields.created}>
          <Instant at={ticket.createdAt} />
        </Fact>
        <Fact title={words.portal.fields.updated}>
          <Instant at={ticket.updatedAt} />
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
      label={words.portal.fields.assignee}
      placeholder={words.portal.nobody}
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
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <Text component="div" className="written">
        {children}
      </Text>
    </div>
  );
}
