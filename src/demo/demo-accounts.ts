import { clientsOf, type DemoClient } from './clients';
import { peopleOf, type Person } from './people';

/** A demo MSP, and how it obtained its passes in the last ninety days. */
export interface DemoAccount {
  slug: string;
  name: string;
  plan: string;
  currency: string;
  timeZone: string;
  sandbox: boolean;
  /** What a licence costs per month; null: the admins have not entered it. */
  seatPriceMinor: number | null;
  people: Person[];
  clients: DemoClient[];
  tickets: number;
  /** How many passes are bought: at first, and whenever at most `lowAt` are left. */
  orders: { first: number; next: number; lowAt: number };
  /** After this many orders the next is made too late: the wallet is empty by then, and lends one. */
  lateAfter: number | null;
  /** Passes as a courtesy: from which day, until which day they are good. */
  courtesies: { quantity: number; day: number; untilDay: number; reason: string }[];
  /** How many consumptions an admin reverses. */
  reversals: number;
}

/** A sandbox to play with, and two ordinary MSPs. */
export const demoAccounts: DemoAccount[] = [
  {
    slug: 'sandbox',
    name: 'Sandbox MSP',
    plan: 'pro',
    currency: 'USD',
    timeZone: 'America/New_York',
    sandbox: true,
    seatPriceMinor: 2_900,
    people: peopleOf('sandbox'),
    clients: clientsOf('sandbox'),
    tickets: 200,
    orders: { first: 100, next: 50, lowAt: 20 },
    lateAfter: null,
    courtesies: [{ quantity: 30, day: 6, untilDay: 16, reason: 'Welcome to Daypass' }],
    reversals: 3,
  },
  {
    slug: 'northlight',
    name: 'Northlight Managed IT',
    plan: 'enterprise',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    sandbox: false,
    seatPriceMinor: 3_900,
    people: peopleOf('northlight'),
    clients: clientsOf('northlight'),
    tickets: 100,
    orders: { first: 50, next: 50, lowAt: 10 },
    lateAfter: null,
    courtesies: [{ quantity: 10, day: 84, untilDay: 135, reason: 'For the office move in spring' }],
    reversals: 2,
  },
  {
    slug: 'harborview',
    name: 'Harborview Technology Partners',
    plan: 'growth',
    currency: 'USD',
    timeZone: 'America/Los_Angeles',
    sandbox: false,
    seatPriceMinor: null,
    people: peopleOf('harborview'),
    clients: clientsOf('harborview'),
    tickets: 100,
    orders: { first: 25, next: 25, lowAt: 5 },
    lateAfter: 1,
    courtesies: [],
    reversals: 1,
  },
];
