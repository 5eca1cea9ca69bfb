import type { RunHost } from './run-host';

export default async function tearDown(): Promise<void> {
  await (globalThis as { runHost?: RunHost }).runHost?.close();
}
