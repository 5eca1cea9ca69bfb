/** Progress goes to standard error, because standard output is for the result of a command. */
type Screen = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

const barWidth = 40;
const redrawEveryMs = 100;

/** Shows progress: a bar that is overwritten on a terminal, else a line for every tenth. */
export function createProgress(what: string, screen: Screen = process.stderr) {
  const startedAt = performance.now();
  let drawnAt = -Infinity;
  let tenths = 0;
  return {
    show(done: number, of: number): void {
      const part = of === 0 ? 1 : done / of;
      const seconds = (performance.now() - startedAt) / 1_000;
      const numbers = `${Math.floor(part * 100)} % of ${of} ${what}, ${seconds.toFixed(0)} s`;
      if (!screen.isTTY) {
        if (Math.floor(part * 10) <= tenths) return;
        tenths = Math.floor(part * 10);
        screen.write(`${numbers}\n`);
        return;
      }
      if (performance.now() - drawnAt < redrawEveryMs && done < of) return;
      drawnAt = performance.now();
      const filled = Math.round(part * barWidth);
      const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
      screen.write(`\r\u001b[K${bar} ${numbers}`);
    },
    end(): void {
      if (screen.isTTY) screen.write('\r\u001b[K');
    },
  };
}
