const everySection = [
  'TICKETS',
  'PROBLEMS',
  'CHANGES',
  'RELEASES',
  'ASSETS',
  'SOLUTIONS',
  'REPORTS',
  'ADMIN',
];

const admin = (slug: string, name: string, timeZone: string) => ({
  name,
  email: `admin@${slug}.example`,
  type: 'FULL_TIME' as const,
  role: 'ACCOUNT_ADMIN' as const,
  timeZone,
  sections: everySection,
});

const occasional = (slug: string, name: string, timeZone: string) => ({
  name,
  email: `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@${slug}.example`,
  type: 'OCCASIONAL' as const,
  role: 'AGENT' as const,
  timeZone,
  sections: ['TICKETS', 'SOLUTIONS'],
});

/** The demo MSPs: a sandbox to play with, and two ordinary ones. */
export const demoAccounts = [
  {
    slug: 'sandbox',
    name: 'Sandbox MSP',
    plan: 'pro',
    currency: 'USD',
    timeZone: 'America/New_York',
    sandbox: true,
    agents: [
      admin('sandbox', 'Ada Whitfield', 'America/New_York'),
      occasional('sandbox', 'Tomas Rojas', 'America/Santiago'),
      occasional('sandbox', 'Keiko Mori', 'Asia/Tokyo'),
    ],
  },
  {
    slug: 'northlight',
    name: 'Northlight Managed IT',
    plan: 'enterprise',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    sandbox: false,
    agents: [
      admin('northlight', 'Jonas Keller', 'Europe/Berlin'),
      occasional('northlight', 'Marta Silva', 'Europe/Lisbon'),
    ],
  },
  {
    slug: 'harborview',
    name: 'Harborview Technology Partners',
    plan: 'growth',
    currency: 'USD',
    timeZone: 'America/Los_Angeles',
    sandbox: false,
    agents: [
      admin('harborview', 'Grace Okafor', 'America/Los_Angeles'),
      occasional('harborview', 'Liam Tremblay', 'America/Vancouver'),
    ],
  },
];
