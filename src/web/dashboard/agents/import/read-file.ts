import { parse } from 'csv-parse/browser/esm/sync';
import { readAgentFile, type AgentFile } from './agent-file';
import { decodeText } from './decode-text';

/** Far more than 5,000 rows of agents have. The text for `tooLarge` names it. */
const bytesMax = 20_000_000;

/** The agents of a file that a person has chosen. */
export async function readFile(file: Blob): Promise<AgentFile> {
  if (file.size > bytesMax) return { problem: 'tooLarge' };
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    // It was moved or saved again since it was chosen, or it is a folder.
    return { problem: 'unreadable' };
  }
  return readAgentFile(decodeText(bytes), parse);
}
