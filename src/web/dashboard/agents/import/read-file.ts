import { parse } from 'csv-parse/browser/esm/sync';
import { readAgentFile, type AgentFile } from './agent-file';

/** Far more than 5,000 rows of agents have. */
const bytesMax = 20_000_000;

/** The agents of a file that a person has chosen. */
export async function readFile(file: Blob): Promise<AgentFile> {
  if (file.size > bytesMax) return { problem: 'notCsv' };
  return readAgentFile(decode(await file.arrayBuffer()), parse);
}

/** Spreadsheets write UTF-8, UTF-16 with its mark, or, in old programs, Windows-1252. */
function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
