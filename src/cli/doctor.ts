import type { Command } from 'commander';
import { ConfigError, readConfig, setVariables, type Config } from '../core/config';
import { borrowDatabase } from '../db/open-database';
import { checkDatabase } from './doctor-database';
import { checkDisk, checkNode, checkTimeZones } from './doctor-machine';
import { broken, ok, type Finding } from './doctor-finding';

/** `daypass doctor`: checks what the service needs, and says what to do if something is wrong. */
export function addDoctorVerb(program: Command): void {
  program
    .command('doctor')
    .description('Check what the service needs, and advise what to do about problems.')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine();
      const isOk = findings.every(({ state }) => state !== 'broken');
      const text = options.json ? JSON.stringify({ ok: isOk, findings }) : describe(findings, isOk);
      process.stdout.write(`${text}\n`);
      if (!isOk) process.exitCode = 1;
    });
}

async function examine(): Promise<Finding[]> {
  const findings = [checkNode(process.versions.node), checkTimeZones(process.versions.tz)];
  const { config, finding } = checkConfiguration();
  findings.push(finding);
  if (!config) return findings;
  findings.push(await checkDisk(config.dataDir));
  return [...findings, ...(await examineDatabase(config))];
}

function checkConfiguration(): { config: Config | null; finding: Finding } {
  try {
    const { known, unknown } = setVariables();
    const config = readConfig();
    const says =
      known.length > 0 ? `set: ${known.join(', ')}` : 'no variable is set; the defaults apply';
    if (unknown.length === 0) return { config, finding: ok('configuration', says) };
    const advice = `Daypass does not know ${unknown.join(', ')}. Check the spelling.`;
    return { config, finding: { part: 'configuration', state: 'warning', says, advice } };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const advice = 'Correct or remove these environment variables.';
    return { config: null, finding: broken('configuration', error.message, advice) };
  }
}

async function examineDatabase(config: Config): Promise<Finding[]> {
  try {
    const database = await borrowDatabase(config);
    try {
      return await checkDatabase(database.url, config);
    } finally {
      await database.close();
    }
  } catch (error) {
    const advice = config.databaseUrl
      ? 'Check DATABASE_URL, whether the server runs, and whether it accepts this machine and role.'
      : `The embedded PostgreSQL in ${config.dataDir} did not start. See its log in that folder.`;
    const says = error instanceof Error ? error.message : String(error);
    return [broken('database', says, advice)];
  }
}

const marks: Record<Finding['state'], string> = {
  ok: 'ok     ',
  warning: 'warning',
  broken: 'BROKEN ',
};

function describe(findings: readonly Finding[], isOk: boolean): string {
  const lines = findings.flatMap(({ part, state, says, advice, statements }) => [
    `${marks[state]}  ${part}: ${says}`,
    ...(advice ? [`         → ${advice}`] : []),
    ...(statements ?? []).map((statement) => `           ${statement}`),
  ]);
  return [...lines, isOk ? 'Nothing is broken.' : 'Something is broken.'].join('\n');
}
