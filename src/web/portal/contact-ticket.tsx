import { Modal, Stack, Table, Text } from '@mantine/core';
import { Instant } from '../ui/instant';
import { StatusMark } from './marks';
import type { Reference } from './my-tickets';

/** What a contact may see of a ticket, said plainly: there is no more behind it to go to. */
export function ContactTicket({
  ticket,
  onClose,
}: {
  ticket: Reference | null;
  onClose: () => void;
}) {
  return (
    <Modal
      opened={ticket !== null}
      onClose={onClose}
      title={ticket && `Ticket ${ticket.number}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {ticket && (
        <Stack>
          <Text fw={600} className="written">
            {ticket.subject}
          </Text>
          <Table variant="vertical" layout="fixed">
            <Table.Tbody>
              <Table.Tr>
                <Table.Th scope="row">Status</Table.Th>
                <Table.Td>
                  <StatusMark status={ticket.status} />
                </Table.Td>
              </Table.Tr>
              <Table.Tr>
                <Table.Th scope="row">Updated</Table.Th>
                <Table.Td>
                  <Instant at={ticket.updatedAt} />
                </Table.Td>
              </Table.Tr>
            </Table.Tbody>
          </Table>
          <Text c="dimmed" size="sm">
            As a requester you see a ticket’s number, subject and status here. What is written on it
            is read by the agents of the service desk.
          </Text>
        </Stack>
      )}
    </Modal>
  );
}
