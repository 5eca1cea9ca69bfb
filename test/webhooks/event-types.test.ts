import { eventTypeOf } from '../../src/webhooks/event-type.rules';
import { entryKinds, type EntryKind } from '../../src/ledger/entries/entry-kinds';
import { refuseSettings } from '../../src/webhooks/endpoint.rules';
import { bodySchemaOf, composeSample } from '../../src/webhooks/payload';

test.each([
  ['DayPassConsumed', 'day_pass.consumed'],
  ['DayPassReversed', 'day_pass.reversed'],
  ['DayPassesPurchased', 'day_passes.purchased'],
  ['DayPassWalletLow', 'wallet.low'],
  ['DayPassLotExpired', 'lot.expired'],
  ['DayPassOrderPaid', 'order.paid'],
  ['DayPassOrderPaymentFailed', 'order.payment_failed'],
  ['DayPassRequestDecided', 'request.decided'],
  ['InvoiceIssued', 'invoice.issued'],
  ['ClientStatementClosed', 'statement.closed'],
])('an entry of the kind %s is the event %s', (kind, type) => {
  expect(eventTypeOf(kind)).toBe(type);
});

test.each(Object.keys(entryKinds) as EntryKind[])('a sample of %s has its shape', (kind) => {
  const id = '01890000-0000-7000-8000-000000000000';
  const { body } = composeSample(kind, { id, accountId: id, endpointId: id, nowMs: 0 });
  const sample = JSON.parse(body) as { data: object };
  bodySchemaOf(kind).parse(sample);
  expect(Object.keys(sample.data).sort()).toEqual(
    [...Object.keys(bodySchemaOf(kind).shape.data.shape), 'test'].sort(),
  );
});

const closed = { privateAddresses: true, plainHttp: true };
const open = { privateAddresses: false };
const notAllowed = 'URL_NOT_ALLOWED';

test.each([
  ['https://partner.example/hook?x=1', null, null],
  ['https://partner.example:8443', null, null],
  ['http://partner.example', null, notAllowed],
  ['http://10.0.0.5:8080/hook', null, notAllowed],
  ['https://10.0.0.5/hook', null, notAllowed],
  ['https://192.168.1.1', null, notAllowed],
  ['https://127.0.0.1', null, notAllowed],
  ['https://127.1', null, notAllowed],
  ['https://2130706433', null, notAllowed],
  ['https://localhost', null, notAllowed],
  ['https://localhost.', null, notAllowed],
  ['https://api.localhost', null, notAllowed],
  ['https://[::1]/', null, notAllowed],
  ['https://[::ffff:127.0.0.1]/', null, notAllowed],
  ['https://[::ffff:8.8.8.8]/', null, notAllowed],
  ['https://[fd00::1]/', null, notAllowed],
  ['https://169.254.169.254/latest/meta-data', null, notAllowed],
  ['https://user:secret@partner.example', notAllowed, notAllowed],
  ['https://partner.example/#part', notAllowed, notAllowed],
  ['https://partner.example/ with blank', notAllowed, notAllowed],
  ['https:\\\\partner.example', notAllowed, notAllowed],
  ['ftp://partner.example', notAllowed, notAllowed],
  ['javascript:alert(1)', notAllowed, notAllowed],
  ['partner.example', notAllowed, notAllowed],
  ['', notAllowed, notAllowed],
  [`https://partner.example/${'x'.repeat(2_000)}`, notAllowed, notAllowed],
])('%s: in a closed network %s, else %s', (url, inside, outside) => {
  const codes = [closed, open].map((rules) => refuseSettings({ url }, rules)?.code ?? null);
  expect(codes).toEqual([inside, outside]);
});

test.each([
  [{ kinds: [] }, null],
  [{ kinds: ['DayPassConsumed', 'DayPassWalletLow'] }, null],
  [{ kinds: ['day_pass.consumed'] }, 'kinds'],
  [{ kinds: ['constructor'] }, 'kinds'],
  [{ description: 'x'.repeat(201) }, 'description'],
  [{ description: 'two\nlines' }, 'description'],
  [{ description: '' }, null],
])('the settings %j are refused at %s', (settings, field) => {
  expect(refuseSettings(settings, open)?.field?.[0] ?? null).toBe(field);
});
