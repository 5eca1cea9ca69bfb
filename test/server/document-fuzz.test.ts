import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pino from 'pino';
import { Random } from '../simulation/random';
import { openSocket, type DoorAnswer, type SocketMessage } from '../support/desk/doors';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { size } from '../support/size';
import { bounded } from '../support/desk/socket';
import { RandomDocuments, type RandomDocument } from '../support/schema/random-documents';

/** Another seed asks for other documents; one that fails is printed with the document. */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_128);
const documentsCount = Number(process.env.FUZZ_DOCUMENTS ?? size(40, 4_000));
/**
 * What may remain of all documents after they were answered; a worker has other files' modules,
 * too.
 */
const heldBytesMax = 100 * 1024 * 1024;

let site: TestSite;
let url: string;
let desk: Desk;
let schema: GraphQLSchema;
let logged = '';

beforeAll(async () => {
  const lines = new PassThrough().on('data', (line) => (logged += String(line)));
  const wide = {
    DAYPASS_COST_BUCKET: '100000000',
    DAYPASS_ANONYMOUS_COST_BUCKET: '100000000',
    DAYPASS_FAILED_SIGN_INS: '1000000',
    DAYPASS_CONSUME_CALLS: '1000000',
    DAYPASS_POOL_SIZE: '4',
  };
  site = await openTestSite(wide, pino({ level: 'error' }, lines));
  url = site.service.url;
  desk = await site.openDesk({ passes: 1 });
  const sdl = path.resolve(__dirname, '../../schema/schema.graphql');
  schema = buildASTSchema(parse(readFileSync(sdl, 'utf8')));
});

afterAll(() => site.close());

/**
 * A subscription that is silent for this long has begun: an error would have come first, or still
 * comes.
 */
const silentMs = 50;
/** Which of several fields that fail ends an answer is a matter of time: at some time it is the same. */
const triesOfTime = 10;

/** How a door answered: the codes of its refusal, or that it ran, with the codes of its fields. */
function outcomeOf({ data, errors = [] }: DoorAnswer): string {
  const codes = errors.map(({ extensions }) => String(extensions?.code));
  if (codes.includes('INTERNAL_SERVER_ERROR')) return 'INTERNAL_SERVER_ERROR';
  const isRefusal = data === undefined && errors.every(({ path: at }) => at === undefined);
  if (isRefusal && codes[0]) return codes[0];
  return ['ran', ...new Set(codes.sort())].join(' ');
}

/** One way in, for one caller. A stream is left at its first message, or when `left` is aborted. */
type Ask = (document: RandomDocument, left?: AbortController) => Promise<string>;

function post(document: RandomDocument, door: string, bearer: string | null, signal?: AbortSignal) {
  return fetch(`${url}${door}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(door.endsWith('stream') ? { accept: 'text/event-stream' } : {}),
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify(document),
    signal,
  });
}

const overHttp =
  (bearer: string | null): Ask =>
  async (document) => {
    const response = await post(document, '/graphql', bearer);
    const answer = (await response.json()) as DoorAnswer;
    return response.status >= 500 ? `status ${response.status}` : outcomeOf(answer);
  };

const overSse =
  (bearer: string | null): Ask =>
  async (document, left = new AbortController()) => {
    try {
      const response = await post(document, '/graphql/stream', bearer, left.signal);
      if (response.status >= 500) return `status ${response.status}`;
      if (response.status >= 400) return outcomeOf((await response.json()) as DoorAnswer);
      let text = '';
      const decoder = new TextDecoder();
      for await (const bytes of response.body!) {
        text += decoder.decode(bytes as Uint8Array, { stream: true });
        const [, told] = /event: next\n(?:id: .*\n)?data: (.*)\n/.exec(text) ?? [];
        // To return is to leave.
        if (told !== undefined) return outcomeOf(JSON.parse(told) as DoorAnswer);
      }
      return 'ended';
    } catch (thrown) {
      if (left.signal.aborted) return 'ran';
      throw thrown;
    }
  };

function overSocket({ raw, send }: Awaited<ReturnType<typeof openSocket>>): Ask {
  const asked = new Map<string, (message: SocketMessage) => void>();
  raw.on('message', (text) => {
    const message = JSON.parse(String(text)) as SocketMessage;
    asked.get(message.id!)?.(message);
  });
  return async (document, left) => {
    const id = `${asked.size}`;
    const told = await bounded(
      new Promise<SocketMessage | null>((resolve) => {
        asked.set(id, resolve);
        left?.signal.addEventListener('abort', () => resolve(null));
        send({ id, type: 'subscribe', payload: document });
      }),
      `an answer to ${JSON.stringify(document)}`,
    );
    if (told?.type === 'error') return outcomeOf({ errors: told.payload as DoorAnswer['errors'] });
    if (told?.type === 'complete') return 'ended';
    send({ id, type: 'complete' });
    return told ? outcomeOf(told.payload as DoorAnswer) : 'ran';
  };
}

/** How a subscription begins at each door. */
async function begin(document: RandomDocument, asks: readonly Ask[]): Promise<string[]> {
  const lefts = asks.map(() => new AbortController());
  const leave = () => lefts.forEach((left) => left.abort());
  const found = asks.map((ask, at) => ask(document, lefts[at]).then(codesAlone));
  const silence = new Promise<string>((resolve) => setTimeout(resolve, silentMs, 'ran'));
  // If one is refused, the others are waited for: they must be, too.
  if ((await Promise.race([...found, silence])) === 'ran') leave();
  return bounded(Promise.all(found), `the beginning of ${JSON.stringify(document)}`);
}

/** A stream that does not begin has failed at its field, which not every door names. */
function codesAlone(outcome: string): string {
  return outcome.replace(/^ran /, '');
}

/** A write finds what the one before left: which of its fields failed differs. */
function withoutFields(outcome: string): string {
  return outcome.startsWith('ran') ? 'ran' : outcome;
}

async function outcomesOf(document: RandomDocument, asks: readonly Ask[]): Promise<string[]> {
  const [http, ...others] = asks as [Ask, ...Ask[]];
  const first = await http(document);
  const isQuery = !/mutation|subscription/.test(document.query);
  // One that is valid is for the other doors alone.
  const isOpened = document.query.includes('subscription') && first === 'BAD_USER_INPUT';
  if (isOpened) return begin(document, others);
  const found = [first, ...(await Promise.all(others.map((ask) => ask(document))))];
  if (!isQuery) return found.map(withoutFields);
  const seen = new Set(found);
  for (let tries = 0; seen.size > 1 && tries < triesOfTime; tries += 1) {
    const again = await Promise.all(asks.map((ask) => ask(document)));
    if (again.every((outcome) => outcome === again[0])) return again;
  }
  return found;
}

/** Refusals of documents. Each must be met a few times by each caller. */
const refusals = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'];
const leastOfEach = size(2, 4);
/** If some are not met by then, the documents are not those that the test is about. */
const eachCallersMax = 10_000;

/** Whether these outcomes have each refusal, and documents that ran, some of whose fields failed. */
function areOfAllKinds(outcomes: Readonly<Record<string, number>>): boolean {
  const ran = Object.keys(outcomes).filter((outcome) => outcome.startsWith('ran'));
  return ran.length > 1 && refusals.every((code) => (outcomes[code] ?? 0) >= leastOfEach);
}

/** Asks for so many documents, and for more until there were some of each kind. */
async function askAll(documents: RandomDocuments, count: number, bearer: string | null) {
  const socket = bearer === null ? null : await openSocket(url, bearer);
  // A socket needs a credential.
  const asks = [
    overHttp(bearer),
    overSse(bearer),
    ...(socket === null ? [] : [overSocket(socket)]),
  ];
  const outcomes: Record<string, number> = {};
  const isEnough = (at: number) => at >= count && areOfAllKinds(outcomes);
  for (let at = 0; at < eachCallersMax && !isEnough(at); at += 1) {
    const document = documents.next();
    const found = await outcomesOf(document, asks);
    const [first = ''] = found;
    const isWell = found.every((outcome) => outcome === first);
    if (!isWell || /^status|INTERNAL_SERVER_ERROR/.test(first) || logged !== '') {
      throw new Error(`${found.join(', ')} ${logged} (seed ${seed}): ${JSON.stringify(document)}`);
    }
    outcomes[first] = (outcomes[first] ?? 0) + 1;
  }
  await socket?.close();
  return outcomes;
}

/** Bytes of the heap that something still refers to. */
function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

test('random documents get the same result at every door, and never an internal error', async () => {
  const before = heapAfterCollection();
  const random = new Random(seed);
  const documents = new RandomDocuments(schema, random, {
    operations: ['query', 'query', 'mutation', 'subscription'],
  });
  const share = Math.ceil(documentsCount / 5);
  const known = await askAll(documents, 2 * share, desk.admin.bearer);
  const limited = await askAll(documents, 2 * share, desk.agent.bearer);
  const strange = await askAll(documents, share, null);
  for (const outcomes of [known, limited, strange]) {
    expect([outcomes, areOfAllKinds(outcomes)]).toEqual([outcomes, true]);
  }
  expect(heapAfterCollection() - before).toBeLessThan(heldBytesMax);
}, 1_200_000);
