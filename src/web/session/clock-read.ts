import { runningMs, type Heard } from '../gate/clock';

/** The account's clock as it was read. */
export interface ClockRead extends Heard {
  /** When the request was sent: the service read its clock between this time and `heardAtMs`. */
  askedAtMs: number;
}

/** Reads an instant of the service, and notes when it was asked and heard. */
export async function readTimed(readNow: () => Promise<string>): Promise<ClockRead> {
  const askedAtMs = runningMs();
  const serviceMs = Date.parse(await readNow());
  return { serviceMs, askedAtMs, heardAtMs: runningMs() };
}
