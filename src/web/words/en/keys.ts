/** API keys. */
export const keys = {
  title: 'API keys',
  add: 'New key',
  none: 'No API keys yet',
  noneText:
    'Workflows, integrations and partners’ servers sign in with a key. Create the first one above.',
  state: { USABLE: 'Active', ENDED: 'Expired', REVOKED: 'Revoked' },
  columns: {
    key: 'Key',
    owner: 'Owner',
    state: 'Status',
    action: 'Action',
    lastUsed: 'Last used',
    createdExpires: 'Created, expires',
    scopes: 'Scopes',
  },
  changesBy: 'Changes by this key',
  ofAccount: 'Service key',
  never: 'Never',
  neverExpires: 'Never expires',
  expiresAt: 'Expires <day></day>',
  revoke: 'Revoke',
  revokeOf: (name: string) => `Revoke ${name}`,
  revokeTitle: (name: string) => `Revoke ${name}?`,
  revokeText:
    'Everything that uses this key stops working immediately, with its streams and the sessions that it opened. You cannot undo this.',
  revoked: (name: string) => `${name} is revoked.`,
  scope: {
    'wallet:read': 'Read wallets, balances and prices',
    'wallet:write': 'Buy, grant and reverse day passes; change wallets',
    'journal:read': 'Read the ledger, all consumptions and usage',
    'agents:read': 'Read agents, their passes and their access',
    'agents:write': 'Invite and change agents',
    'tickets:read': 'Read tickets and clients',
    'tickets:write': 'Write tickets and clients',
    'billing:read': 'Read billing terms and purchases',
    'webhooks:write': 'Manage webhooks, which send the ledger to a server',
    'portal_sessions:write': 'Open portal sessions for agents on your own pages',
  } as Record<string, string>,
  whenNoDayPass: {
    CONSUME: 'Use a day pass',
    REJECT: 'Refuse the request',
  },
  whenNoDayPassShort: {
    CONSUME: 'Uses a day pass if needed',
    REJECT: 'Never uses a day pass',
  },
  whenNoDayPassText: {
    CONSUME:
      'The first request of a day that needs a pass uses one from the wallet, without asking. At most one for each day of the agent, whatever the number of requests and keys.',
    REJECT:
      'The key never uses a pass. Requests that need one are refused (DAY_PASS_REQUIRED) until the agent has entered.',
  },
  form: {
    kind: 'Kind',
    ofAgent: 'Agent key',
    ofAgentText:
      'For workflows and apps that act as one agent, with at most that agent’s permissions.',
    service: 'Service key',
    serviceText:
      'For a partner’s server or an export. It is not an agent, and never uses a day pass.',
    name: 'Name',
    nameText: 'What the key is for, so that you recognise it later.',
    agent: 'Agent',
    agentPlaceholder: 'Name or email',
    whenNoDayPass: 'If a request needs a day pass and the agent has none',
    whenNoDayPassText: 'This decides whether the integration costs a pass.',
    whenNoDayPassFullTime:
      'A full-time agent needs none. This applies once they become occasional.',
    scopes: 'Scopes',
    scopesText: 'Permissions. Choose only what the key needs.',
    scopesOfAgent: 'Permissions, within those of the agent. Choose none to allow all of them.',
    expires: 'Expires',
    expiresText: (zone: string) => `In ${zone}. Leave empty if the key never expires.`,
    expiresPast: 'Enter a time in the future.',
    submit: 'Create key',
    unanswered:
      'The service did not answer, so the key may exist. Close this form and look in the list. If the key is there, revoke it, because its secret cannot be shown again. Then create another one.',
    nameMissing: 'Enter a name.',
    agentMissing: 'Choose the agent that the key acts as.',
    choiceMissing: 'Choose one. It decides what the integration costs.',
    scopesMissing: 'Choose at least one.',
  },
  secret: {
    title: 'Save this secret now',
    text: 'This is the only time that the secret is shown. Anyone who has it can use all the key’s permissions. Save it where you keep your other secrets.',
    label: 'The key’s secret',
    done: 'I have saved it',
  },
};
