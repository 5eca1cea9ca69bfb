import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readAgentFile } from '../../src/web/dashboard/agents/import/agent-file';
import { agentCells } from '../../src/web/dashboard/agents/agent-cells';
import { Fault } from '../../src/web/api/fault';
import {
  sendRows,
  type Answers,
  type RowAnswer,
} from '../../src/web/dashboard/agents/import/send-rows';
import {
  csvHead,
  csvLines,
  europeanCsv,
  plainCsv,
} from '../../src/web/dashboard/ledger/ledger-csv';

const read = (text: string) => readAgentFile(text, parse);
const rowsOf = (text: string) => {
  const file = read(text);
  if ('problem' in file) throw new Error(file.problem);
  return file.rows;
};

const ada = { name: 'Ada Byron', email: 'ada@x.example' };
const berlin = { ...ada, type: 'OCCASIONAL', timeZone: 'Berlin' };

test.each([
  [
    'Freshservice',
    'First name,Last name,Email,Occasional,Time zone\nAda,Byron,ada@x.example,true,Berlin',
    berlin,
  ],
  [
    'Freshdesk',
    'Name,Email,Agent Type,Time Zone,Language\nAda Byron,ada@x.example,Occasional,Berlin,en',
    berlin,
  ],
  [
    'a European Excel',
    '\uFEFF"Name";"E-Mail";"OCCASIONAL"\r\n"Ada Byron";"ada@x.example";"vielleicht"',
    null,
  ],
  ['tabs', 'time_zone\temail\tname\n\tada@x.example\tAda Byron', ada],
  ['only a first name', 'first_name,email\nAda Byron,ada@x.example\n', ada],
  [
    'quotes, commas and line breaks',
    'Name,Email,Time zone\n"Ada Byron","ada@x.example","Pacific Time (US & Canada)"\n\n',
    { ...ada, timeZone: 'Pacific Time (US & Canada)' },
  ],
  [
    'an agent type in words',
    'Name,Email,Agent type\nAda Byron,ada@x.example,Full-time agent',
    { ...ada, type: 'FULL_TIME' },
  ],
  ['an empty flag', 'Name,Email,Occasional\nAda Byron,ada@x.example,', ada],
  ['a flag', 'Name,Email,Occasional\nAda Byron,ada@x.example,FALSE', { ...ada, type: 'FULL_TIME' }],
])('a file of %s is understood', (_, text, expected) => {
  const [row, ...more] = rowsOf(text);
  expect(more).toEqual([]);
  expect(row!.place).toBe(2);
  // A word that is not known is not guessed.
  expect(row!.faults).toEqual(expected ? [] : ['typeUnknown']);
  expect(row!.input).toEqual(expected ?? ada);
});

test('of rows with one address the first is imported; unused columns are named', () => {
  const file = read(
    'Email,Name,Phone,constructor\na@b.example,A,1,\nA@B.example,B,2,\n,C,3,\n,D,4,',
  );
  if ('problem' in file) throw new Error(file.problem);
  expect(file.rows.map(({ faults }) => faults)).toEqual([[], ['addressTwice'], [], []]);
  expect(file.unused).toEqual(['Phone', 'constructor']);
});

test('what the list exports is imported again as it was, formulas and separators included', () => {
  const name = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom('=2+3', '-1', '@SUM', 'Quote " and, comma', 'a;b', '+49'),
  );
  const agent = fc.record({
    name: name
      .map((text) => text.trim())
      .filter((text) => text !== '' && !/^'|[,;|\t\r\n]/.test(text)),
    type: fc.constantFrom('OCCASIONAL' as const, 'FULL_TIME' as const),
  });
  fc.assert(
    fc.property(
      fc.array(agent, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (agents, isPlain) => {
        const format = isPlain ? plainCsv : europeanCsv;
        const rows = agents.map((one, at) => ({
          ...one,
          id: String(at),
          email: `a${at}@x.example`,
          role: 'AGENT' as const,
          status: 'ACTIVE' as const,
          timeZone: 'Asia/Tokyo',
          sections: ['TICKETS' as const, 'ASSETS' as const],
          createdAt: '2026-01-01T00:00:00.000Z',
          activeDayPass: null,
        }));
        const text = csvHead(agentCells, format) + csvLines(agentCells, rows, format);
        expect(rowsOf(text).map(({ input }) => input)).toEqual(
          rows.map(({ name: full, email, type, timeZone }) => ({
            name: full,
            email,
            type,
            timeZone,
          })),
        );
      },
    ),
  );
});

const answer = { outcome: 'CREATED' } as RowAnswer;
const many = rowsOf(
  `Name,Email\n${Array.from({ length: 250 }, (_, at) => `A,a${at}@x.example`).join('\n')}`,
);

test('rows are sent in chunks of 100, and a chunk again after a fault that passes', async () => {
  const sizes: number[] = [];
  let last: Answers = new Map();
  let faults = 1;
  await sendRows(many, {
    send: async (chunk) => {
      sizes.push(chunk.length);
      if (sizes.length === 2 && faults-- > 0) throw new Fault('RATE_LIMITED');
      return chunk.map(() => answer);
    },
    signal: new AbortController().signal,
    onAnswers: (answers) => (last = answers),
  });
  expect(sizes).toEqual([100, 100, 100, 50]);
  expect([...last.keys()]).toEqual(many.map(({ id }) => id));
});

test('a cancelled import ends after the chunk that was sent, and keeps its answers', async () => {
  const control = new AbortController();
  let last: Answers = new Map();
  await sendRows(many, {
    send: async (chunk) => {
      control.abort();
      return chunk.map(() => answer);
    },
    signal: control.signal,
    onAnswers: (answers) => (last = answers),
  });
  expect(last.size).toBe(100);
  await expect(
    sendRows(many, {
      send: () => Promise.reject(new Fault('FORBIDDEN')),
      signal: new AbortController().signal,
      onAnswers: () => undefined,
    }),
  ).rejects.toThrow('FORBIDDEN');
});
