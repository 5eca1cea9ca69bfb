import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { accountTablesIn, judgeStatement, loadParser } from '../statement-rules';

const tests = path.join(__dirname, '../..');
const schema = path.join(tests, '../schema/schema.sql');

/** Judges the statements that the workers gathered; throws if one of them breaks a rule. */
export async function judgeStatements(file: string): Promise<void> {
  if (!existsSync(file)) return;
  await loadParser();
  const tables = accountTablesIn(readFileSync(schema, 'utf8'));
  const lines = new Set(readFileSync(file, 'utf8').trim().split('\n'));
  const broken = [...lines].flatMap((line) => {
    const { text, from } = JSON.parse(line) as { text: string; from: string | null };
    const faults = judgeStatement(text, tables);
    if (from === null && faults.length > 0 && isOfTests(text)) return [];
    return faults.length > 0 ? [`${from}: ${faults.join('; ')}\n  ${text.trim()}`] : [];
  });
  if (broken.length === 0) return;
  const rules = 'A cluster would refuse these statements (test/support/statement-rules.ts):';
  throw new Error(`${rules}\n\n${broken.join('\n\n')}`);
}

/** Whether a statement whose author is not known was written in a test: its first line is there. */
function isOfTests(text: string): boolean {
  const [line = ''] = text.trim().split('\n');
  return readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .some((name) => readFileSync(path.join(tests, name), 'utf8').includes(line.trim()));
}
