import { plural } from './plural';

/** What the pages of the dashboard share. */
export const dashboard = {
  title: 'Day passes',
  places: {
    overview: 'Overview',
    buy: 'Buy',
    orders: 'Orders',
    ledger: 'Ledger',
    agents: 'Agents',
    clients: 'Clients',
    keys: 'API keys',
    webhooks: 'Webhooks',
    audit: 'Audit trail',
    settings: 'Settings',
  },
  useDayPass: 'Use a day pass',
  notAdmin: {
    title: 'Only admins can see these pages',
    text: (account: string) =>
      `The account admins of ${account} manage day passes. Ask one of them if you need something here.`,
    back: 'Go to my tickets',
  },
  agentSelect: {
    clear: (label: string) => `Clear: ${label}`,
    none: 'No agent has this name',
    option: (name: string, type: string, email: string) => `${name}, ${type}, ${email}`,
  },
  /** The service itself, where a list names who did something. */
  service: 'Daypass',
  reason: 'Reason',
  reasonText: 'Saved in the ledger.',
  quantityOutOfRange: (max: number) => plural(max, { other: 'Enter a whole number from 1 to #.' }),
  passes: (count: number) => plural(count, { one: '# day pass', other: '# day passes' }),
  grant: {
    open: 'Grant day passes …',
    title: 'Grant day passes',
    submit: 'Grant',
    wallet: 'Wallet',
    quantity: 'Number of day passes',
    reasonMissing: 'Enter a reason. It is saved in the ledger.',
    lastDate: 'Last day of use',
    lastDateText: 'Leave empty if they never expire.',
    dateInPast: 'Choose a date in the future.',
    doneTitle: 'Granted',
    done: (passes: string, balance: string) => `${passes} added. The balance is ${balance}.`,
    unanswered: (problem: string) => `${problem} Trying again grants them only once.`,
  },
};
