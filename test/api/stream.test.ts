import { MessageStream, type StreamSignal } from '../../src/api/stream';

test('a stream that is closed while it waits ends, and releases its resources once', async () => {
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

test('a stream that is closed while its opening fails throws only at its reader', async () => {
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

test('an exception of its messages reaches the reader, and then everything is released', async () => {
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
