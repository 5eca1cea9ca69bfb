import { Stack, Table, Text } from '@mantine/core';
import { Dialog } from '../ui/dialog';
import type { MyTicketsQuery } from '../generated/app';
import { Instant } from '../ui/instant';
import { StatusMark } from './marks';
import { words } from '../words';

export type Reference = NonNullable<
  MyTicketsQuery['viewer']['ticketReferences']
>['edges'][number]['node'];

/** What a contact may see of a ticket, with a sentence that this is all. */
export function ContactTicket({
  ticket,
  onClose,
}: {
  ticket: Reference | null;
  onClose: () => void;
}) {
  return (
    <Dialog
      opened={ticket !== null}
      onClose={onClose}
      title={ticket && words.portal.ticketNumber(ticket.number)}
    >
      {ticket && (
        <Stack>
          <Text fw={600} className="written">
            {ticket.subject}
          </Text>
          <Table variant="vertical" layout="fixed">
            <Table.Tbody>
              <Table.Tr>
                <Table.Th scope="row">{words.portal.fields.status}</Table.Th>
                <Table.Td>
                  <StatusMark status={ticket.status} />
                </Table.Td>
              </Table.Tr>
              <Table.Tr>
                <Table.Th scope="row">{words.portal.fields.updated}</Table.Th>
                <Table.Td>
                  <Instant at={ticket.updatedAt} />
                </Table.Td>
              </Table.Tr>
            </Table.Tbody>
          </Table>
          <Text c="dimmed" size="sm">
            {words.portal.mine.contactTicket}
          </Text>
        </Stack>
      )}
    </Dialog>
  );
}
