import { addressToFind, canonicalAddress, readMailbox } from '../../src/core/mailbox';

test.each([
  ['ada@new.example', 'ada@new.example'],
  ['Ada.Lovelace+desk@New.Example', 'ada.lovelace+desk@new.example'],
  ["o'brien_%!#$&*/=?^`{|}~@new.example", "o'brien_%!#$&*/=?^`{|}~@new.example"],
  ['kunde@müller.example', 'kunde@xn--mller-kva.example'],
  ['kunde@MU\u0308LLER.example', 'kunde@xn--mller-kva.example'],
  ['kunde@xn--MLLER-kva.example', 'kunde@xn--mller-kva.example'],
  ['user@straße.example', 'user@xn--strae-oqa.example'],
  ['user@例え.テスト', 'user@xn--r8jz45g.xn--zckzah'],
  ['root@intranet', 'root@intranet'],
  [`${'x'.repeat(64)}@new.example`, `${'x'.repeat(64)}@new.example`],
])('%s is the mailbox %s', (text, address) => {
  expect(canonicalAddress(text)).toBe(address);
  expect(canonicalAddress(address)).toBe(address);
});

test.each([
  ['nothing', ''],
  ['no @', 'nobody'],
  ['no local part', '@new.example'],
  ['no domain', 'nobody@'],
  ['a semicolon after it', 'semi.colon@sandbox.example;'],
  ['two in a list', 'a@new.example,b@evil.example'],
  ['two by a semicolon', 'a@new.example;b@evil.example'],
  ['a name', 'Ada <ada@new.example>'],
  ['angle brackets', '<ada@new.example>'],
  ['a group', 'all:ada@new.example;'],
  ['a comment', 'ada(b@evil.example)@new.example'],
  ['a quoted local part', '"ada lovelace"@new.example'],
  ['a quoted @', '"ada@evil.example"@new.example'],
  ['two @', 'ada@evil.example@new.example'],
  ['a route', '@evil.example:ada@new.example'],
  ['a backslash', 'ada\\@evil.example@new.example'],
  ['a domain literal', 'ada@[127.0.0.1]'],
  ['an IP address', 'ada@127.0.0.1'],
  ['an IP address in full-width digits', 'ada@１２７.１'],
  ['a number', 'ada@2130706433'],
  ['a blank before it', ' ada@new.example'],
  ['a blank after it', 'ada@new.example '],
  ['a blank inside', 'ada @new.example'],
  ['a line break', 'ada@new.example\r\nbcc: b@evil.example'],
  ['U+0000', 'ada\0@new.example'],
  ['a tab in an international domain', 'ada@mül\tler.example'],
  ['a path', 'ada@müller.example/x'],
  ['a port', 'ada@müller.example:25'],
  ['a percent code', 'ada@m%C3%BCller.example'],
  ['something invisible', 'ada@new\u00ad.example'],
  ['a direction mark', 'ada@new\u202e.example'],
  ['a full-width @', 'ada＠new.example'],
  ['the Kelvin sign for a k', 'ada@\u212Aelvin.example'],
  ['full-width letters', 'ada@ｎｅｗ.example'],
  ['an international local part', 'ádá@new.example'],
  ['a dot at the beginning', '.ada@new.example'],
  ['a dot at the end', 'ada.@new.example'],
  ['two dots', 'a..da@new.example'],
  ['a domain with two dots', 'ada@new..example'],
  ['a domain that ends in a dot', 'ada@new.example.'],
  ['a hyphen at a label’s end', 'ada@new-.example'],
  ['a hyphen at an international label’s beginning', 'ada@-mü.example'],
  ['an underscore in the domain', 'ada@ne_w.example'],
  ['malformed punycode', 'ada@xn--0.example'],
  ['punycode of nothing', 'ada@xn--.example'],
  ['punycode of ASCII', 'ada@mail.xn--abc-.example'],
  ['a local part of 65', `${'x'.repeat(65)}@new.example`],
  ['a label of 64', `ada@${'x'.repeat(64)}.example`],
  ['255 characters', `ada@${'x.'.repeat(122)}example`],
])('%s is not exactly one mailbox', (_, text) => {
  expect(canonicalAddress(text)).toBeNull();
});

test('an address from before the rule is looked up as it was stored', () => {
  expect(addressToFind('Semi.Colon@sandbox.example;')).toBe('semi.colon@sandbox.example;');
  expect(addressToFind('Kunde@Müller.example')).toBe('kunde@xn--mller-kva.example');
});

test('a sender is an address, or a name and an address', () => {
  expect(readMailbox('desk@msp.example')).toEqual({ name: '', address: 'desk@msp.example' });
  expect(readMailbox('Desk <desk@msp.example>')).toEqual({
    name: 'Desk',
    address: 'desk@msp.example',
  });
  expect(readMailbox('"Desk, Berlin" <desk@müller.example>')).toEqual({
    name: 'Desk, Berlin',
    address: 'desk@xn--mller-kva.example',
  });
  for (const text of ['desk', 'a@x.example, b@x.example', 'Desk <a@x.example> <b@x.example>x']) {
    expect(readMailbox(text)).toBeNull();
  }
});
