import { figure, type Figure } from './figure';
import { openDatabase } from './support/database';
import { HttpConnection } from './support/http-connection';
import { openAccount } from './support/people';
import { startService } from './support/program';
import { median } from './support/rounds';
import { note, type Site } from './support/site';
import { cpuMs } from './support/usage';
import { assertVerified } from './support/verify';

const rounds = 5;
const requestsOfRound = 200;
/** The smallest is repeated more often, because CPU time is counted in ticks of 10 ms. */
const timesSmallest = 10;
const smallest = '{__typename}';

const repeat = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ');

/** Documents that cost little to send and much to refuse: each is just within the limit that is checked before. */
const refused: Record<string, string> = {
  'too many fields': `{viewer{${repeat(480, () => 'agent{id}')}}}`,
  'fields that repeat': `{viewer{${repeat(150, () => 'agent{id}')}}nothing}`,
  'fields in fields that repeat': `{viewer{${repeat(30, () => `agent{${repeat(16, () => 'id')}}`)}}nothing}`,
  'fields that conflict': `{viewer{${repeat(28, (at) => `a:agent{b${at}:id}`)} a:agent{b0:name}}}`,
  'many fragments': `{viewer{${repeat(50, (at) => `...f${at}`)}}nothing} ${repeat(50, (at) => `fragment f${at} on Viewer{agent{id} agent{type} agent{id} agent{type}}`)}`,
  'fragments of many operations': `${repeat(20, (at) => `query q${at}{...f0 nothing}`)} ${repeat(49, (at) => `fragment f${at} on Query{...f${at + 1} ...f${at + 1}}`)} fragment f49 on Query{__typename}`,
  'fragments that lead in circles': `{...f0} ${repeat(50, (at) => `fragment f${at} on Query{...f${(at + 1) % 50} ...f${(at + 25) % 50}}`)}`,
  'fragments of fragments': `{...f0} ${repeat(20, (at) => `fragment f${at} on Query{${repeat(40, (to) => `...f${to % 20}`)}}`)}`,
  'unknown arguments': `{agents(${repeat(600, (at) => `x${at}:1`)}){totalCount}}`,
  'arguments that repeat': `{agents(${repeat(600, () => 'first:1')}){totalCount}}`,
  'unknown fields': `{${repeat(199, (at) => `nothing${at}`)}}`,
  'unused variables': `query(${repeat(100, (at) => `$a${at}:Int`)}){__typename}`,
  'uses of a variable':
    `${repeat(20, (at) => `query q${at}($a:Int){...f}`)} fragment f on Query{${repeat(199, () => 'agents(first:$b){totalCount}')}}`.slice(
      0,
      12_000,
    ),
  'a list': `{agents(first:[${repeat(1_900, () => '1')}]){totalCount}}`,
  'lists in lists': `{agents(first:${'['.repeat(990)}${']'.repeat(990)}){totalCount}}`,
  'inline fragments': `{${'...{'.repeat(600)}nothing${'}'.repeat(600)}}`,
  comments: `{nothing}${'#\n'.repeat(1_990)}${'#'.repeat(60_000)}`,
  'a text of many lines': `{agents(first:"""${'x\n'.repeat(1_990)}"""){totalCount}}`,
  'a long text': `{agents(first:"${'\\u0041'.repeat(10_000)}"){totalCount}}`,
  'what is no document': `{viewer{${repeat(990, () => 'id')}`,
};

/** The most expensive refused document: CPU of the service, parsing and validation with all of HTTP around. */
export async function refusal(site: Site): Promise<Figure[]> {
  const database = await openDatabase(site);
  const { admin } = await openAccount(database, { slug: 'refusal', agents: 1 });
  const service = await startService(site, database.url);
  const connection = site.hold(await HttpConnection.open(`${service.url}/graphql`), (open) =>
    open.close(),
  );

  /** Milliseconds of CPU for one request. */
  const cpuOf = async (query: string): Promise<number> => {
    const body = JSON.stringify({ query });
    const times = query === smallest ? timesSmallest : 1;
    const requests = times * site.scaled(requestsOfRound, 20);
    const before = cpuMs(service.pid);
    for (let at = 0; at < requests; at += 1) {
      const answer = await connection.post(body, admin.bearer);
      if (answer.includes('"errors"') !== (query !== smallest)) {
        throw new Error(`Not what was expected of ${query.slice(0, 100)}: ${answer.slice(0, 300)}`);
      }
    }
    return (cpuMs(service.pid) - before) / requests;
  };

  const names = Object.keys(refused);
  const measured = new Map<string, number[]>([smallest, ...names].map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, taken] of measured) {
      const cpu = await cpuOf(refused[name] ?? smallest);
      // The first round warms up.
      if (round > 0) taken.push(cpu);
    }
  }
  await assertVerified(database);
  const baseline = median(measured.get(smallest)!);
  const medians = names.map((name) => ({ name, cpu: median(measured.get(name)!) }));
  medians.sort((one, other) => other.cpu - one.cpu);
  for (const { name, cpu } of medians) note(`${name}: ${(cpu / baseline).toFixed(1)} times`);
  return [
    figure({
      name: 'refusal',
      what: `CPU to refuse the most expensive of ${names.length} documents (${medians[0]!.name})`,
      against: '`{__typename}`',
      unit: 'ms',
      ours: medians[0]!.cpu,
      baseline,
      aim: 'less than 15',
      rounds,
    }),
  ];
}
