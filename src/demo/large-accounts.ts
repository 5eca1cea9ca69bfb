import type { NewAgent } from '../agents/create-agents';
import { nameOf } from './names';
import type { SeededAccount } from './open-account';

/** How much `daypass seed --size large` makes. The first account is the large one. */
export interface LargeSize {
  accounts: number;
  first: AccountSize;
  /** Each of the others. */
  others: AccountSize;
}

export interface AccountSize {
  fullTime: number;
  occasional: number;
  /** The number of days on which every occasional agent uses a pass: two entries each time. */
  days: number;
}

/** 50 accounts, 20,000 agents, a million entries. */
export const largeSize: LargeSize = {
  accounts: 50,
  first: { fullTime: 53, occasional: 10_000, days: 20 },
  others: { fullTime: 3, occasional: 200, days: 31 },
};

export interface LargeAccount extends SeededAccount, AccountSize {
  /** The zones of its occasional agents, in equal parts. */
  timeZones: string[];
}

const zones = [
  ...['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'America/Sao_Paulo'],
  ...['Europe/London', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Singapore', 'Australia/Sydney'],
];

/** `large`, `large-02`, … */
export function largeAccounts({ accounts, first, others }: LargeSize): LargeAccount[] {
  return Array.from({ length: accounts }, (_, at) => {
    const number = String(at + 1).padStart(2, '0');
    const timeZone = zones[at % zones.length]!;
    return {
      ...(at === 0 ? first : others),
      slug: at === 0 ? 'large' : `large-${number}`,
      name: at === 0 ? 'Large MSP' : `Large MSP ${number}`,
      plan: 'enterprise',
      currency: 'USD',
      timeZone,
      sandbox: false,
      timeZones: at === 0 ? zones : [timeZone],
    };
  });
}

/** The admin, the other full-time agents, and the occasional ones. */
export function largeAgents(account: LargeAccount, startMs: number): NewAgent[] {
  const { slug, timeZone, timeZones, fullTime, occasional } = account;
  const createdAt = new Date(startMs);
  return Array.from({ length: fullTime + occasional }, (_, at): NewAgent => {
    const isFullTime = at < fullTime;
    const name = nameOf(at);
    return {
      name,
      email: at === 0 ? `admin@${slug}.example` : largeEmail(slug, at),
      type: isFullTime ? 'FULL_TIME' : 'OCCASIONAL',
      status: 'ACTIVE',
      role: at === 0 ? 'ACCOUNT_ADMIN' : 'AGENT',
      timeZone: isFullTime ? timeZone : timeZones[at % timeZones.length]!,
      sections: ['TICKETS', 'ASSETS', 'SOLUTIONS', ...(at === 0 ? ['REPORTS', 'ADMIN'] : [])],
      createdAt,
    };
  });
}

/** The address of an agent by number; the admin is number 0 and has another. */
export function largeEmail(slug: string, number: number): string {
  return `${nameOf(number).toLowerCase().replace(' ', '.')}.${number}@${slug}.example`;
}
