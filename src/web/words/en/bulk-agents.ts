import { plural } from './plural';

const agentsOf = (count: number) => plural(count, { one: '# agent', other: '# agents' });

/** Acts for several agents at once. */
export const bulkAgents = {
  bar: 'Acts for the chosen agents',
  chosen: (count: number) => plural(count, { one: '# chosen', other: '# chosen' }),
  chooseAll: (count: number) => plural(count, { other: 'Choose all # that match' }),
  clear: 'Clear the choice',
  act: {
    FULL_TIME: 'Make full-time',
    OCCASIONAL: 'Make occasional',
    DEACTIVATE: 'Deactivate',
    REACTIVATE: 'Reactivate',
    SECTIONS: 'Change sections',
    INVITE: 'Resend invitation',
  },
  /** The button of the preview: the act and the number of agents. */
  submit: {
    FULL_TIME: (count: number) => `Make ${agentsOf(count)} full-time`,
    OCCASIONAL: (count: number) => `Make ${agentsOf(count)} occasional`,
    DEACTIVATE: (count: number) => `Deactivate ${agentsOf(count)}`,
    REACTIVATE: (count: number) => `Reactivate ${agentsOf(count)}`,
    SECTIONS: (count: number) => `Change the sections of ${agentsOf(count)}`,
    INVITE: (count: number) =>
      plural(count, { one: 'Send # invitation again', other: 'Send # invitations again' }),
  },
  /** What it means for every one of them. */
  means: {
    FULL_TIME:
      'They enter without day passes from now on, and count as full-time on the subscription. A pass that is active today is not given back.',
    OCCASIONAL:
      'They use one day pass from the wallet for each day that they enter, starting with their next step in the agent portal.',
    DEACTIVATE:
      'They are signed out of every window immediately, and cannot sign in until they are reactivated. An active day pass is not given back.',
    REACTIVATE:
      'They can sign in again with the same type and role. An agent who never used the invitation link needs a new invitation.',
    SECTIONS: 'The change takes effect immediately, even in windows that are open now.',
    INVITE: 'Each gets a new link that works for seven days. The earlier link stops working.',
  },
  unmailed:
    'Email notifications are off, so no email is sent. The download of the results contains the links.',
  mode: 'What to do with these sections',
  modes: { ADD: 'Add', REMOVE: 'Remove', SET: 'Only these' },
  sections: 'Sections',
  chooseSections: 'Choose at least one section.',
  nothing: 'There is nothing to change: every chosen agent is left out.',
  table: 'The chosen agents',
  agent: 'Agent',
  outcome: 'What will happen',
  outcomeDone: 'What has happened',
  show: 'Show',
  everything: (count: number) => plural(count, { other: 'All (#)' }),
  counted: (state: string, count: string) => `${state} (${count})`,
  state: {
    CHANGE: 'Will change',
    SKIP: 'Left out',
    DONE: 'Done',
    FAILED: 'Failed',
    WAITING: 'Not yet',
  },
  skip: {
    isGone: 'This agent no longer exists.',
    isSelf: 'This is you. Change yourself on your own page.',
    isLastAdmin: 'The last active full-time account admin must remain.',
    isInvited: 'Is invited, and becomes active with the invitation link.',
    isActivated: 'Has used the invitation link already.',
    isDeactivated: 'Is deactivated. Reactivate this agent first.',
    isSuccessor: 'Gets the open tickets of the others.',
  },
  already: {
    FULL_TIME: 'Is full-time already.',
    OCCASIONAL: 'Is occasional already.',
    DEACTIVATE: 'Is deactivated already.',
    REACTIVATE: 'Is active already.',
    SECTIONS: 'Has these sections already.',
    INVITE: '',
  },
  will: {
    FULL_TIME: 'Occasional → Full-time',
    OCCASIONAL: 'Full-time → Occasional',
    DEACTIVATE: 'Is signed out and cannot sign in.',
    REACTIVATE: 'Can sign in again.',
    INVITE: (email: string) => `A new link for ${email}.`,
  },
  withPass: (text: string) => `${text} In with a day pass now.`,
  added: (sections: string) => `Added: ${sections}.`,
  removed: (sections: string) => `Removed: ${sections}.`,
  did: {
    FULL_TIME: 'Is full-time now.',
    OCCASIONAL: 'Is occasional now.',
    DEACTIVATE: (tickets: string) => `Is deactivated. ${tickets}`,
    REACTIVATE: 'Can sign in again.',
    REACTIVATE_INVITED: 'Never used the invitation link. Resend the invitation.',
    INVITE_MAILED: (email: string) => `A new link is on its way to ${email}.`,
    INVITE_UNMAILED: 'The download contains the new link.',
  },
  tooSoon:
    'An invitation went to this address less than a minute ago, or the account has sent 500 in 24 hours. Try again later.',
  progress: (done: string, all: string) => `${done} of ${all} done`,
  running: 'Changing the agents',
  stop: 'Stop',
  stopped: 'Stopped. Agents that were changed stay changed.',
  goOn: (count: number) => `Continue with ${agentsOf(count)}`,
  again: (count: number) => `Try ${agentsOf(count)} again`,
  finished: (done: number, failed: number) =>
    failed === 0
      ? `${agentsOf(done)} done.`
      : `${agentsOf(done)} done, ${agentsOf(failed)} failed.`,
  download: 'Download results',
  csv: {
    name: 'Name',
    email: 'Email',
    outcome: 'Outcome',
    details: 'Details',
    link: 'Activation link',
  },
};
