import type { DemoAccount } from './demo-accounts';
import { createRandom } from './random';
import { hourMs, type Span } from './span';
import type { Act, Step } from './step';

/** A reply of the service desk on a ticket; both are named by external id and address. */
export interface PlannedReply {
  atMs: number;
  email: string;
  ticket: string;
  body: string;
}

const minuteMs = 60_000;

/**
 * The replies on the sandbox's tickets: at every second visit for a ticket the agent replies while
 * the pass runs, and after two of five such replies a full-time colleague adds another. They are
 * counted and not random, so that there is enough to read whatever the first day is.
 */
export function planReplies(
  { slug, sandbox, people }: DemoAccount,
  steps: readonly Step[],
  span: Span,
): PlannedReply[] {
  if (!sandbox) return [];
  const random = createRandom(`replies of ${slug}`);
  const everyDay = people.filter(({ type, status }) => type === 'FULL_TIME' && status === 'ACTIVE');
  const acts = steps.flatMap((step) => step.acts.map((act) => ({ ...act, atMs: step.atMs })));
  const takenBack = new Set(
    acts.flatMap((act) => (act.kind === 'take-back' ? [visitOf(act.email, act.enteredAtMs)] : [])),
  );
  return acts
    .filter((act): act is Extract<Act, { kind: 'enter' }> & { atMs: number } => {
      const stayed = act.kind === 'enter' && !takenBack.has(visitOf(act.email, act.atMs));
      return stayed && act.ticket !== null;
    })
    .filter((_, at) => at % 2 === 0)
    .flatMap(({ atMs, email, ticket }, at): PlannedReply[] => {
      const firstMs = atMs + random.integer(6 * minuteMs, 45 * minuteMs);
      const first = { atMs: firstMs, email, ticket: ticket!, body: random.pick(findings) };
      const colleague = random.pick(everyDay).email;
      const laterMs = firstMs + random.integer(hourMs, 20 * hourMs);
      const later = { ...first, atMs: laterMs, email: colleague, body: random.pick(followUps) };
      return at % 5 < 2 ? [first, later] : [first];
    })
    .filter((reply) => reply.atMs <= span.endMs)
    .sort((a, b) => a.atMs - b.atMs);
}

const visitOf = (email: string, enteredAtMs: number) => `${email} ${enteredAtMs}`;

const findings = [
  'I could reproduce it just now. The last update is the likely cause; I am rolling it back on one computer first.',
  'Called the requester. It happens on this one device only, so I have taken a remote session for this afternoon.',
  'The logs show it since Monday morning. I have restarted the service and will look at it again in an hour.',
  'Nothing wrong on our side that I can see. I have asked the vendor and put their case number into the notes.',
  'Done as asked. Could you try once more and tell me whether it works?',
  'The right was missing after the move to the new group. I have added it; please sign out and in again.',
  'We have the part in stock. I will bring it along on Thursday, between nine and eleven.',
  'This is the third one of its kind this month. I have linked them, and we should look at it as a problem.',
];

const followUps = [
  'Thanks for looking into it. The requester confirms that it works.',
  'I have told the client, and will keep an eye on it until the end of the week.',
  'Same at the second site. I have put both on the agenda of tomorrow’s call.',
  'No answer from the requester yet; I will try again by phone.',
];
