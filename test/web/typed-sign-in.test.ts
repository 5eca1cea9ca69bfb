import { readBearer, readDeskName } from '../../src/web/sign-in/typed.rules';

test.each([
  ['acme', 'acme'],
  ['  Acme-North ', 'acme-north'],
  ['ACME2', 'acme2'],
  ['Acme North', null],
  ['acme.example', null],
  ['https://acme.example', null],
  ['ada@acme.example', null],
  ['../acme', null],
  ['-acme', null],
  ['ümlaut', null],
  ['x'.repeat(64), null],
])('the service desk %j is %j', (typed, name) => {
  expect(readDeskName(typed)).toBe(name);
});

const token = 'acme~eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.n_-E';

test.each([
  ['as it is', token],
  ['with spaces around it', `  ${token}\n`],
  ['in the lines of a terminal', `${token.slice(0, 12)}\r\n  ${token.slice(12)}`],
  ['in quotation marks', `"${token}"`],
  ['as a header', `Authorization: Bearer ${token}`],
  ['as the value of a header', `"bearer ${token}"`],
])('a token that was pasted %s is read', (_, pasted) => {
  expect(readBearer(pasted)).toBe(token);
});

test.each(['', '  ', '“”', 'Bearer ', `${token.slice(0, 20)}…`, 'жетон'])(
  'the token %j is not sent',
  (pasted) => {
    expect(readBearer(pasted)).toBeNull();
  },
);
