import { plural } from './plural';

/** What a sentence may name of an act. A text that the act does not have is ''. */
export interface ActFacts {
  quantity: number;
  /** What was paid, such as USD 540.00. */
  total: string;
  reason: string;
  /** The new type of an agent: full-time or occasional. */
  type: string;
  /** The new time of a clock. */
  now: string;
}

const passes = (count: number) => plural(count, { one: '# day pass', other: '# day passes' });

/**
 * One sentence for each act. `<who></who>` is the person who acted, `<whom></whom>` the person or thing that
 * was acted on. An act that is not listed here is shown by its code.
 */
export const sentences = {
  'agent.invited': () => '<who></who> invited <whom></whom>',
  'agent.activated': () => '<whom></whom> activated their account',
  'agent.updated': () => '<who></who> changed <whom></whom>',
  'agent.converted': ({ type }) => `<who></who> made <whom></whom> ${type}`,
  'agent.deleted': () => '<who></who> deleted <whom></whom>',
  'agent.deactivated': () => '<who></who> deactivated <whom></whom>',
  'agent.reactivated': () => '<who></who> reactivated <whom></whom>',
  'agent.identities_unlinked': () => '<who></who> reset the sign-in of <whom></whom>',
  'agent.tickets_released': () => '<who></who> unassigned the open tickets of <whom></whom>',
  'agent.tickets_reassigned': () => '<who></who> reassigned the open tickets of <whom></whom>',
  'account.created': () => '<who></who> created the account <whom></whom>',
  'account.updated': () => '<who></who> changed the account settings',
  'account.closed': () => '<who></who> closed the account',
  'account.reopened': () => '<who></who> reopened the account',
  'billing.updated': () => '<who></who> changed the invoice address',
  'wallet.updated': () => '<who></who> changed the wallet <whom></whom>',
  'passes.purchased': ({ quantity, total }) =>
    `<who></who> bought ${passes(quantity)} for ${total}`,
  'order.placed': ({ quantity }) => `<who></who> ordered ${passes(quantity)}`,
  'order.canceled': () => '<who></who> canceled an order',
  'payment.recorded': () => '<who></who> recorded a payment of an order',
  'invoice.credited': () => '<who></who> credited an invoice',
  'passes.granted': ({ quantity, reason }) => `<who></who> granted ${passes(quantity)}: ${reason}`,
  'consumption.reversed': ({ reason }) =>
    `<who></who> reversed the day pass of <whom></whom>: ${reason}`,
  'api_key.created': () => '<who></who> created the API key <whom></whom>',
  'api_key.revoked': () => '<who></who> revoked the API key <whom></whom>',
  'identity_provider.added': () => '<who></who> added the identity provider <whom></whom>',
  'identity_provider.updated': () => '<who></who> changed the identity provider <whom></whom>',
  'identity_provider.removed': () => '<who></who> removed the identity provider <whom></whom>',
  'webhook.created': () => '<who></who> created the webhook <whom></whom>',
  'webhook.updated': () => '<who></who> changed the webhook <whom></whom>',
  'webhook.deleted': () => '<who></who> deleted the webhook <whom></whom>',
  'webhook.secret_rotated': () => '<who></who> rotated the secret of a webhook',
  'webhook.replayed': () => '<who></who> sent webhook events again',
  'webhook.event_skipped': () => '<who></who> skipped a webhook event',
  'notice_channel.added': () => '<who></who> added a notification channel',
  'notice_channel.updated': () => '<who></who> changed a notification channel',
  'notice_channel.removed': () => '<who></who> removed a notification channel',
  'clients.upserted': () => '<who></who> wrote clients',
  'tickets.upserted': () => '<who></who> wrote tickets',
  'test_clock.advanced': ({ now }) => `<who></who> moved the clock to ${now}`,
} as Record<string, (facts: ActFacts) => string>;

/** The fields that an act changes, in words. */
export const fields = {
  name: 'Name',
  email: 'Email',
  type: 'Type',
  role: 'Role',
  status: 'Status',
  timeZone: 'Time zone',
  sections: 'Sections',
  balance: 'Balance',
  quantity: 'Day passes',
  total: 'Total',
  net: 'Before tax',
  tax: 'Tax',
  gross: 'Total with tax',
  number: 'Number',
  walletId: 'Wallet ID',
  reason: 'Reason',
  expiresAt: 'Expires',
  reversedAt: 'Reversed',
  revokedAt: 'Revoked',
  lowBalanceThreshold: 'Low balance',
  emergencyAllowance: 'Emergency allowance',
  emergencyCeiling: 'Highest emergency allowance',
  frozenAt: 'Frozen since',
  frozen: 'Frozen',
  plan: 'Plan',
  currency: 'Currency',
  billingMode: 'Billing',
  billingEmail: 'Email for invoices',
  emailNotificationsEnabled: 'Email notifications',
  noticeLanguage: 'Language of notifications',
  locale: 'Dates and numbers',
  allowSessionConsume: 'Day passes on partners’ pages',
  seatPrice: 'Price of a licence per month',
  scopes: 'Permissions',
  whenNoDayPass: 'Without a day pass',
  agentId: 'Agent',
  issuer: 'Issuer',
  clientId: 'Client ID',
  audiences: 'Audiences',
  algorithms: 'Signature algorithms',
  emailClaim: 'Email claim',
  trustsEmail: 'Trusts email addresses',
  admitsContacts: 'Admits contacts',
  enabled: 'Accepts its tokens',
  identityProviderIds: 'Linked identity providers',
  url: 'URL',
  description: 'Description',
  kinds: 'Events',
  overlapHours: 'Hours with both secrets',
  sequence: 'Entry number',
  sequences: 'Entry numbers',
  after: 'After entry',
  through: 'Up to entry',
  created: 'Created',
  updated: 'Changed',
  clients: 'Clients',
  now: 'Time',
  country: 'Country',
  city: 'City',
  vatId: 'VAT ID',
} as Record<string, string>;
