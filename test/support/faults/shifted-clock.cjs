// Preloaded into a process (`--require`) to make its wall clock wrong: TEST_CLOCK_SHIFT_MS from the
// start, and TEST_CLOCK_JUMP_MS more at every SIGUSR2.
const RealDate = Date;
let shiftMs = Number(process.env.TEST_CLOCK_SHIFT_MS ?? 0);
const now = () => RealDate.now() + shiftMs;

process.on('SIGUSR2', () => (shiftMs += Number(process.env.TEST_CLOCK_JUMP_MS ?? 0)));

globalThis.Date = new Proxy(RealDate, {
  construct: (date, given, made) => Reflect.construct(date, given.length ? given : [now()], made),
  apply: () => new RealDate(now()).toString(),
  get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
});
