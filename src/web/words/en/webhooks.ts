import { plural } from './plural';

/** Webhooks: the list, one endpoint, and its log. */
export const webhooks = {
  title: 'Webhooks',
  add: 'New webhook',
  none: 'No webhooks yet',
  noneText:
    'A webhook sends every event of the ledger to a URL of yours, in order and signed. Create the first one above.',
  noneCommand: 'To try it on your own machine:',
  command: (service: string) =>
    `npx daypass webhooks listen --url ${service} --forward http://localhost:3000`,
  state: {
    ACTIVE: 'Active',
    FAILING: 'Failing',
    PAUSED: 'Paused',
    PAUSED_FAILING: 'Paused: failed',
  },
  columns: {
    endpoint: 'Endpoint',
    state: 'Status',
    kinds: 'Events',
    waiting: 'Waiting',
    lastSuccess: 'Last delivered',
  },
  allKinds: 'All',
  waiting: (count: number) => (count >= 1_000 ? '1,000 or more' : String(count)),
  never: 'Never',
  form: {
    url: 'URL',
    urlText: 'It receives the events by POST. It must be https.',
    description: 'Description',
    kinds: 'Events',
    kindsText: 'Leave empty to send all.',
    create: 'Create webhook',
    unanswered:
      'The service did not answer, so the webhook may exist. Close this form and look in the list. If it is there, rotate its secret to see a new one.',
    save: 'Save',
    saved: 'The settings are saved.',
  },
  secret: {
    title: 'Save this secret now',
    text: 'This is the only time that the secret is shown. Your receiver needs it to check that an event comes from us.',
    label: 'The webhook’s secret',
    done: 'I have saved it',
  },
  page: {
    title: 'Webhook',
    back: 'All webhooks',
    notFound: 'This webhook no longer exists',
    facts: 'Delivery',
    settings: 'Settings',
    secret: 'Secret',
    secretText:
      'Each request is signed with it. It is stored nowhere, so it cannot be shown again.',
    previousUntil: (time: string) => `The previous secret signs too until ${time}.`,
    waiting: (count: number) =>
      count === 0
        ? 'Every event is delivered.'
        : count >= 1_000
          ? '1,000 or more events wait.'
          : plural(count, { one: '# event waits.', other: '# events wait.' }),
    replaying: 'Earlier events are being sent again.',
    lastSuccess: (time: string) => `Last delivered ${time}.`,
  },
  paused: (since: string) =>
    `Nothing has been sent since ${since}. The place in the ledger is kept.`,
  pausedFailing: (since: string) =>
    `Nothing has been sent since ${since}: the endpoint answered 410, or failed for five days. The place in the ledger is kept.`,
  blocked: (event: string, since: string) =>
    `${event} has failed since ${since}. The later events wait for it.`,
  nextTry: (time: string) => `Next try: ${time}.`,
  event: (sequence: number, kind: string) => `Event ${sequence} (${kind})`,
  pause: 'Pause',
  resume: 'Resume',
  tryNow: 'Try now',
  skip: 'Skip this event',
  skipTitle: 'Skip this event?',
  skipText:
    'The endpoint never receives it, unless you send it again later. The audit trail records it.',
  skipped: 'The event is skipped.',
  test: 'Send a test',
  testAnswered: (answer: string, ms: number) => `The endpoint answered ${answer} in ${ms} ms.`,
  testFailed: (reason: string) => `No answer: ${reason}.`,
  replay: 'Send events again …',
  replayTitle: 'Send events again',
  replayLabel: 'Events',
  replayText:
    'Numbers, such as 12, 15-20, at most 100; or 12- for all from event 12 on; or a cursor, for all events after it. The ledger shows the numbers.',
  replayInvalid: 'Enter numbers such as 12, 15-20, at most 100, or 12-, or a cursor.',
  replayedMany: 'More than 10,000 events are sent again.',
  replayed: (count: number) =>
    plural(count, { one: '# event is sent again.', other: '# events are sent again.' }),
  rotate: 'Rotate the secret',
  rotateTitle: 'Rotate the secret?',
  rotateText:
    'You get a new secret. For 24 hours each request has both signatures, so your receiver can change without a break.',
  remove: 'Delete',
  removeTitle: 'Delete this webhook?',
  removeText: 'Nothing more is sent. Its place in the ledger and its log are lost.',
  removed: 'The webhook is deleted.',
  tries: {
    title: 'Log',
    caption: 'Tries, newest first',
    text: 'The last 10,000 tries of 30 days.',
    none: 'Nothing was sent yet',
    onlyFailed: 'Only failures',
    when: 'When',
    event: 'Event',
    result: 'Result',
    duration: 'Duration',
    answer: 'Answer',
    delivered: 'Delivered',
    failed: 'Failed',
    test: 'Test',
    again: 'Sent again',
    sendAgain: 'Send again',
    sendAgainOf: (sequence: number) => `Send event ${sequence} again`,
    ms: (ms: number) => `${ms} ms`,
  },
};
