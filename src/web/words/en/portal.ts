import { plural } from './plural';

/** The contact portal and the agent portal. */
export const portal = {
  myTickets: 'My tickets',
  agentPortal: 'Agent portal',
  tickets: 'Tickets',
  ticket: 'Ticket',
  ticketNumber: (number: number) => `Ticket ${number}`,
  numberSign: (number: number) => `#${number}`,
  ticketTitle: (number: number, subject: string) => `Ticket ${number}: ${subject}`,
  status: {
    OPEN: 'Open',
    PENDING: 'Pending',
    RESOLVED: 'Resolved',
    CLOSED: 'Closed',
  },
  priority: {
    URGENT: 'Urgent',
    HIGH: 'High',
    MEDIUM: 'Medium',
    LOW: 'Low',
  },
  fields: {
    number: 'Number',
    subject: 'Subject',
    status: 'Status',
    priority: 'Priority',
    client: 'Client',
    assignee: 'Assignee',
    requester: 'Requester',
    created: 'Created',
    updated: 'Updated',
  },
  nobody: 'Nobody',
  none: 'None',

  mine: {
    declined:
      'You did not enter the agent portal, and no day pass was used. <enter>Enter now</enter>',
    tabs: 'Which tickets',
    assigned: 'Assigned to me',
    requested: 'Requested by me',
    assignedCaption: 'Tickets assigned to me',
    requestedCaption: 'Tickets requested by me',
    contactText: 'Tickets that you requested, and their status.',
    noneAssigned: 'No tickets are assigned to you',
    noneAssignedText: 'Tickets assigned to you appear here.',
    noneRequested: 'You have no tickets',
    noneRequestedText: 'Tickets that you request from the service desk appear here.',
    contactTicket:
      'As a requester you see a ticket’s number, subject and status. Only agents of the service desk can read the conversation.',
  },

  notAnAgent: {
    title: 'The agent portal is for agents',
    text: 'You can follow the tickets that you requested.',
    back: 'Go to my tickets',
  },
  denied: {
    section:
      'No day pass was used. This page opens automatically once you are allowed to use the section Tickets.',
    wallet:
      'This page opens automatically once day passes can be used. A reply that you started is kept.',
    allTickets: 'All tickets',
    buy: 'Buy day passes',
  },
  notFound: {
    title: 'Ticket not found',
    text: 'The link may be old or incomplete.',
    search: 'Search all tickets',
  },

  list: {
    search: 'Search',
    searchPlaceholder: 'Subject, number or requester',
    viewsLabel: 'Views',
    views: {
      all: 'All',
      mine: 'Mine',
      unassigned: 'Unassigned',
      myClients: 'Open, of my clients',
    },
    any: 'Any',
    anyone: 'Anyone',
    me: 'Me',
    clear: 'Clear filters',
    showAll: 'Show all tickets',
    badAddress: 'This address is not valid',
    badAddressText: 'The link may be old or incomplete.',
    noMatch: 'No tickets match',
    noMatchText: 'Try fewer words or a different filter.',
    empty: 'No tickets yet',
    emptyText: 'Tickets come from the service desk through the API. They appear here.',
    found: (count: number) => plural(count, { one: '# ticket', other: '# tickets' }),
    foundMany: 'More than 10,000 tickets',
  },

  keys: {
    open: 'Keyboard shortcuts',
    title: 'Keyboard shortcuts',
    of: {
      '/': 'Search',
      j: 'Next ticket',
      k: 'Previous ticket',
      '?': 'Show this list',
    },
    enter: 'Enter opens the ticket that has the focus.',
    on: 'Use these keys in this browser',
  },

  page: {
    description: 'Description',
    noDescription: 'No description.',
    details: 'Details',
    assignToMe: 'Assign to me',
    unassign: 'Unassign',
    noEmail: 'No email address',
    changedElsewhere: (to: string) =>
      `Somebody else has just set this to ${to}. Choose again to change it.`,
    toNobody: 'nobody',
  },

  replies: {
    title: 'Replies',
    none: 'No replies yet.',
    earlier: 'Show earlier replies',
    shown: (shown: number, total: number) => `${shown} of ${total}`,
    shownOfMany: (shown: number) => `${shown} of more than 10,000`,
    label: 'Reply',
    draft: 'Your saved draft.',
    kept: 'Saved as a draft in this browser until you send it.',
    send: 'Send',
    sendAs: 'Send and set the status',
    sendAndSet: (status: string) => `Send and set to ${status}`,
    alreadySent:
      'Your first version was already sent: see above. Send again to add this one as a second reply.',
    unanswered:
      'The service did not answer. Your text is saved. Send it again: it will be added only once.',
    textKept: (problem: string) => `${problem} Your text is saved.`,
  },

  news: {
    yourReply: 'Your reply was added.',
    replied: (name: string) => `${name} replied.`,
    status: (status: string) => `Status is now ${status}.`,
    priority: (priority: string) => `Priority is now ${priority}.`,
    assignee: (name: string) => `Assignee is now ${name}.`,
    subject: 'The subject has changed.',
    description: 'The description has changed.',
  },
};
