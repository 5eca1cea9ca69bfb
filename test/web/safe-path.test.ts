import { isWebAddress, safePath } from '../../src/web/sign-in/safe-path';

test.each([
  '/',
  '/portal/mine',
  '/admin/ledger?from=2026-11-01&text=a%2Fb',
  '/portal/desk/tickets/1#reply',
  '/sign-in?go=%2F%2Fevil.example',
])('after the sign-in, %j is opened as it is', (path) => {
  expect(safePath(path)).toBe(path);
});

test.each([
  null,
  '',
  'portal',
  'https://evil.example/',
  'javascript:alert(1)',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '/\\/evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n\\evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/portal/..//evil.example',
  '/%2e//evil.example',
  '/./\\evil.example',
  '//evil.example:99999999',
  '//[',
])('after the sign-in, %j leads to the start and to no other site', (path) => {
  expect(safePath(path)).toBe('/');
});

test('a person is sent to web pages only', () => {
  expect(isWebAddress('https://id.example/authorize?a=b')).toBe(true);
  expect(isWebAddress('http://127.0.0.1:3000/authorize')).toBe(true);
  for (const address of [
    'javascript:alert(1)',
    ' javascript:x',
    'data:text/html,x',
    '/authorize',
  ]) {
    expect(isWebAddress(address)).toBe(false);
  }
});
