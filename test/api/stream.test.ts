import { MessageStream, type StreamSignal } from '../../src/api/stream';

test('a stream that is closed while it waits ends, and releases its resources', async () => {
  const { stream, released } = streamOf(async function* (signal) {
    yield 'first';
    while (!signal.closed) await signal.wakeSignal.wait();
  });
  const reading = readAll(stream);
  await reading.first;
  await stream.close();
  await expect(reading.end).resolves.toBe('ended');
  expect(reading.messages).toEqual(['first']);
  expect(released).toHaveBeenCalled();
});

test('a stream that is closed while its opening fails reports the fault only to its reader', async () => {
  let fail = (_error: Error) => {};
  const release = jest.fn();
  const stream = new MessageStream<string>({
    open: () => new Promise((_resolve, reject) => (fail = reject)),
    release,
  });
  const reading = readAll(stream);
  const closing = stream.close();
  fail(new Error('The database is away.'));
  await expect(reading.end).resolves.toEqual(new Error('The database is away.'));
  await closing;
  expect(release).toHaveBeenCalled();
});

test('an exception of its messages reaches the reader after everything is released', async () => {
  const { stream, released } = streamOf(async function* () {
    throw new Error('The right has ended.');
  });
  await expect(readAll(stream).end).resolves.toEqual(new Error('The right has ended.'));
  expect(released).toHaveBeenCalled();
});

test('an exception of the reader ends the stream, and reaches the reader', async () => {
  const { stream, released } = streamOf(async function* () {
    yield 'first';
    yield 'second';
  });
  const end = new Promise((resolve) => {
    const receive = () => Promise.reject(new Error('It cannot be answered.'));
    void stream.readAll({ receive, ended: () => resolve('ended'), failed: resolve });
  });
  await expect(end).resolves.toEqual(new Error('It cannot be answered.'));
  expect(released).toHaveBeenCalled();
});

test('a stream that was closed before it began never opens', async () => {
  const open = jest.fn();
  const stream = new MessageStream<string>({ open, release: () => {} });
  await stream.close();
  await expect(readAll(stream).end).resolves.toBe('ended');
  expect(open).not.toHaveBeenCalled();
});

function readAll(stream: MessageStream<string>) {
  const messages: string[] = [];
  let received = () => {};
  const first = new Promise<void>((resolve) => (received = resolve));
  const end = new Promise<unknown>((resolve) => {
    void stream.readAll({
      receive(message) {
        messages.push(message);
        received();
      },
      ended: () => resolve('ended'),
      failed: resolve,
    });
  });
  return { messages, first, end };
}

function streamOf(messages: (signal: StreamSignal) => AsyncGenerator<string, void>) {
  const released = jest.fn();
  const stream = new MessageStream<string>({
    open: async (signal) => messages(signal),
    release: released,
  });
  return { stream, released };
}
