import { MessageStream, type StreamSignal } from '../../src/api/stream';

test('a stream that is closed while it waits ends, and lets go of what it held once', async () => {
  const { stream, released } = streamOf(async function* (signal) {
    yield 'first';
    while (!signal.closed) await signal.wakeSignal.wait();
  });
  await expect(stream.next()).resolves.toEqual({ done: false, value: 'first' });
  const waiting = stream.next();
  await stream.return();
  await expect(waiting).resolves.toEqual({ done: true, value: undefined });
  expect(released).toHaveBeenCalled();
});

test('a stream that is closed while it opens in vain throws at its reader only', async () => {
  let fail = (_error: Error) => {};
  const release = jest.fn();
  const stream = new MessageStream<string>({
    open: () => new Promise((_resolve, reject) => (fail = reject)),
    release,
  });
  const reading = stream.next();
  const closing = stream.return();
  fail(new Error('The database is away.'));
  await expect(reading).rejects.toThrow('The database is away.');
  await expect(closing).resolves.toEqual({ done: true, value: undefined });
  expect(release).toHaveBeenCalled();
});

test('what its messages throw reaches the reader, after which nothing is held', async () => {
  const { stream, released } = streamOf(async function* () {
    throw new Error('The right has ended.');
  });
  await expect(stream.next()).rejects.toThrow('The right has ended.');
  expect(released).toHaveBeenCalled();
});

test('a stream that was closed before it began never opens', async () => {
  const open = jest.fn();
  const stream = new MessageStream<string>({ open, release: () => {} });
  await stream.return();
  await expect(stream.next()).resolves.toEqual({ done: true, value: undefined });
  expect(open).not.toHaveBeenCalled();
});

function streamOf(messages: (signal: StreamSignal) => AsyncGenerator<string, void>) {
  const released = jest.fn();
  const stream = new MessageStream<string>({
    open: async (signal) => messages(signal),
    release: released,
  });
  return { stream, released };
}
