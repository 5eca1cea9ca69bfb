/** Aborts at Ctrl-C or SIGTERM, so that a verb without an end of its own ends. */
export function stoppedByUser(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}
