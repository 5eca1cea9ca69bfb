import { plural } from './plural';

/** Agents: the list, one agent, and invitations. */
export const agents = {
  title: 'Agents',
  type: { FULL_TIME: 'Full-time', OCCASIONAL: 'Occasional' },
  /** Within a sentence: "Make Ana occasional?" */
  typeInText: { FULL_TIME: 'full-time', OCCASIONAL: 'occasional' },
  typeText: {
    FULL_TIME: 'Has a monthly licence. Can enter at any time and never uses a day pass.',
    OCCASIONAL: 'Costs nothing until they enter. Then they use one day pass for each day.',
  },
  status: { ACTIVE: 'Active', INVITED: 'Invited', DEACTIVATED: 'Deactivated' },
  statusText: {
    ACTIVE: 'Can sign in and enter.',
    INVITED: 'Has not used the invitation link yet.',
    DEACTIVATED: 'Cannot sign in, and cannot enter with a day pass.',
  },
  role: { AGENT: 'Agent', ACCOUNT_ADMIN: 'Account admin' },
  roleText: {
    AGENT: 'Works on tickets.',
    ACCOUNT_ADMIN: 'Manages this account: agents, day passes, settings.',
  },
  section: {
    TICKETS: 'Tickets',
    PROBLEMS: 'Problems',
    CHANGES: 'Changes',
    RELEASES: 'Releases',
    ASSETS: 'Assets',
    SOLUTIONS: 'Solutions',
    REPORTS: 'Reports',
    ADMIN: 'Admin settings',
  },
  sectionsNone: 'None',
  sectionsAll: 'All',
  sectionsMore: (names: string, count: number) =>
    `${names} ${plural(count, { other: 'and # more' })}`,
  fields: {
    agent: 'Agent',
    name: 'Name',
    email: 'Email',
    type: 'Type',
    status: 'Status',
    role: 'Role',
    sections: 'Sections',
    sectionsText: 'The parts of the service desk that they can use.',
    timeZone: 'Time zone',
    sectionsAndZone: 'Sections, time zone',
    inUntil: 'In until',
    added: 'Added',
    recent: 'Last 30 days',
    lastIn: 'Last in',
  },
  recentPasses: (count: number) => plural(count, { one: '# pass', other: '# passes' }),
  noPassNeeded: 'Needs no pass',
  noPass: 'No pass now',
  list: {
    invite: 'Invite an agent',
    search: 'Search',
    searchPlaceholder: 'Name or email',
    allTypes: 'All types',
    allStatuses: 'All statuses',
    dayPass: 'Day pass',
    withOrWithout: 'With or without',
    with: 'In with a pass now',
    without: 'Without a pass now',
    none: 'No agents yet',
    noneText: 'Invite the first agent above.',
    noMatch: 'No agents match',
    noMatchText: 'Try another part of a name or an address, or <all>show all agents</all>.',
  },
  page: {
    agent: 'Agent',
    notFound: 'Agent not found',
    back: 'Back to all agents',
    inUntil: 'In until <time></time>',
    all: 'All agents',
    changesTo: 'Changes to this agent',
    changesBy: 'Changes by this agent',
  },
  details: {
    title: 'Details',
    zoneText: 'Applies from their next day pass. A pass that is active keeps its end.',
    save: 'Save changes',
    change: 'Change details',
    saved: (name: string) => `Changes to ${name} saved.`,
    changePermissions: (name: string) => `Change the permissions of ${name}?`,
    changeEmail: (name: string) => `Change the email address of ${name}?`,
    submitPermissions: 'Change permissions',
    submitEmail: 'Change address',
    self: 'This is you: you will no longer be an account admin.',
    newLink: (email: string, before: string) =>
      `A new link goes to ${email}, and the link that was sent to ${before} stops working.`,
    signsInAs: (email: string, before: string) =>
      `They will sign in as ${email}. ${before} is free again and receives an email about the change.`,
    becomesAdmin: (name: string) =>
      `${name} becomes an account admin, and can manage agents, day passes and settings.`,
    becomesAgent: (name: string) => `${name} will no longer be an account admin.`,
    sectionsAdded: 'They can use the new sections immediately.',
    sectionsRemoved: 'Removed sections close immediately, even if they are open now.',
  },
  convert: {
    submit: (type: string) => `Make ${type}`,
    title: (name: string, type: string) => `Make ${name} ${type}?`,
    done: (name: string, type: string) => `${name} is now ${type}.`,
    means: {
      FULL_TIME:
        'From now on they enter without day passes, and count as full-time on the subscription.',
      OCCASIONAL:
        'From now on they use one day pass from the wallet for each day that they enter, starting with their next step in the agent portal.',
    },
    self: 'This is you: you will need a day pass for these pages too.',
    noPassToday: 'No day pass is active today.',
    passUnused: (until: string) =>
      `Today’s day pass stays active until ${until}, is no longer needed, and is not given back.`,
    passStillUsed: (until: string) => `Today’s day pass still lets them in until ${until}.`,
  },
  advice: {
    title: 'Pass or licence',
    verdict: {
      PASSES: 'Passes are cheaper',
      SEAT: 'A licence is cheaper',
      CLOSE: 'About the same',
      NOT_ENOUGH_HISTORY: 'Not enough history',
    },
    days: (count: number) => plural(count, { one: '# day a month', other: '# days a month' }),
    rareDays: 'Single days',
    reason: {
      dearer: (days: string, money: string) => `${days} cost ${money} more than a licence.`,
      cheaper: (days: string, money: string) => `${days} cost ${money} less than a licence.`,
      unused: (money: string) => `No day in use; a licence costs ${money} a month more.`,
      close: (days: string) => `${days} cost about as much as a licence.`,
      later: 'Known after 60 days as an occasional agent.',
    },
    breakEven: (price: string, days: number) =>
      `At ${price} a month, a licence pays off from ${plural(days, { one: '# day', other: '# days' })} a month.`,
  },
  access: {
    title: 'Access',
    inviteAgain: 'Invite again',
    inviteAgainTitle: (name: string) => `Invite ${name} again?`,
    inviteAgainText: 'The earlier link stops working, and a new one replaces it.',
    inviteAgainMailed: (email: string) => `A new link is on its way to ${email}.`,
    inviteAgainUnmailed: 'The earlier link no longer works.',
    newLink: 'The new link',
    deactivate: 'Deactivate',
    deactivateTitle: (name: string) => `Deactivate ${name}?`,
    deactivateText:
      'They are signed out of every window immediately, and cannot sign in until they are reactivated.',
    deactivatePass: 'The active day pass is not given back.',
    deactivateSelf: 'This is you: you will be signed out.',
    openTickets: 'Their open tickets',
    release: 'Unassign them',
    reassign: 'Assign them to another agent',
    stay: 'Leave them assigned',
    successor: 'New assignee',
    successorPlaceholder: 'An active agent',
    deactivated: (name: string, tickets: string) => `${name} is deactivated. ${tickets}`,
    noTickets: 'They had no open tickets.',
    ticketsStay: (count: number) =>
      plural(count, {
        one: '# open ticket is still assigned to them.',
        other: '# open tickets are still assigned to them.',
      }),
    ticketsReleased: (count: number) =>
      plural(count, { one: '# open ticket unassigned.', other: '# open tickets unassigned.' }),
    ticketsReassigned: (count: number) =>
      plural(count, { one: '# open ticket reassigned.', other: '# open tickets reassigned.' }),
    delete: 'Delete',
    deleteTitle: (name: string) => `Delete ${name}?`,
    deleteText: (email: string) =>
      `The invitation stops working, and ${email} can be invited again.`,
    deleted: (name: string) => `${name} is deleted.`,
    reactivate: 'Reactivate',
    reactivateTitle: (name: string) => `Reactivate ${name}?`,
    reactivateText:
      'They can sign in again with the same type and role. An agent who never used the invitation link needs a new invitation.',
    reactivated: (name: string) => `${name} can sign in again.`,
    reactivatedInvited: (name: string) =>
      `${name} never used the invitation link. Invite them again.`,
    unlink: 'Reset sign-in',
    unlinkTitle: (name: string) => `Reset the sign-in of ${name}?`,
    unlinkText: (email: string) =>
      `Use this if their account at your identity provider was replaced. The next person who signs in there with the verified address ${email} becomes this agent.`,
    unlinked: (name: string) => `The sign-in of ${name} is reset.`,
  },
  passes: {
    title: 'Day passes',
    recent: (count: number) =>
      plural(count, { one: '# day pass in 30 days', other: '# day passes in 30 days' }),
    recentPaid: (passes: string, money: string) => `${passes}, ${money} paid`,
    lastIn: (passes: string, day: string) => `${passes}. Last in on ${day}.`,
  },
  invite: {
    title: 'Invite an agent',
    zoneText: 'Their day passes end at midnight in this zone.',
    submit: 'Invite',
    mailed: (name: string, email: string) =>
      `${name} is invited. A link is on its way to ${email}.`,
    unmailed: (name: string) => `${name} is invited. No email was sent.`,
    willMail:
      'An email with an activation link is sent immediately. The link works for seven days.',
    willNotMail:
      'Email notifications are off, so no email is sent. You will see the link here and can pass it on, or <settings>turn them on in Settings</settings> first.',
    handOver: (name: string) =>
      `${name} is invited. No email was sent, because email notifications are off. Give this link to ${name}. It works once, for seven days, and is not shown again.`,
    link: 'Activation link',
    done: 'Done',
  },
};
