import { runningMs, type ClockReading } from '../gate/clock';

/** The account's clock as it was read. */
export interface ClockRead extends ClockReading {
  /** When the request was sent: the service read its clock between this time and `readAtMs`. */
  askedAtMs: number;
}

/** Reads an instant of the service, and notes when it was asked and read. */
export async function readTimed(readNow: () => Promise<string>): Promise<ClockRead> {
  const askedAtMs = runningMs();
  const serviceMs = Date.parse(await readNow());
  return { serviceMs, askedAtMs, readAtMs: runningMs() };
}
