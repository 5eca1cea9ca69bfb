import {
  IconAlertTriangle,
  IconArrowDown,
  IconArrowUp,
  IconCircle,
  IconCircleCheck,
  IconCircleDot,
  IconCircleX,
  IconMinus,
} from '@tabler/icons-react';
import type { TicketPriority, TicketStatus } from '../generated/app';
import { words } from '../words';

const statusLooks = {
  OPEN: { Icon: IconCircleDot, color: 'var(--mantine-color-anchor)' },
  PENDING: { Icon: IconCircle, color: 'var(--mantine-color-yellow-text)' },
  RESOLVED: { Icon: IconCircleCheck, color: 'var(--mantine-color-teal-text)' },
  CLOSED: { Icon: IconCircleX, color: 'var(--mantine-color-dimmed)' },
} as const;

const priorityLooks = {
  URGENT: { Icon: IconAlertTriangle, color: 'var(--mantine-color-error)' },
  HIGH: { Icon: IconArrowUp, color: 'var(--mantine-color-orange-text)' },
  MEDIUM: { Icon: IconMinus, color: 'var(--mantine-color-dimmed)' },
  LOW: { Icon: IconArrowDown, color: 'var(--mantine-color-dimmed)' },
} as const;

/** A ticket's status. The word carries the meaning; the shape and its colour help to scan a list. */
export function StatusMark({ status }: { status: TicketStatus }) {
  const { Icon, color } = statusLooks[status];
  return (
    <span className="ticket-mark">
      <Icon size={16} color={color} aria-hidden />
      {words.portal.status[status]}
    </span>
  );
}

/** A ticket's priority. */
export function PriorityMark({ priority }: { priority: TicketPriority }) {
  const { Icon, color } = priorityLooks[priority];
  return (
    <span className="ticket-mark">
      <Icon size={16} color={color} aria-hidden />
      {words.portal.priority[priority]}
    </span>
  );
}
