/** Unpacks the Chromium of npm under TMPDIR, and prints its path and that of its libraries. */

// It carries the libraries of a bare Linux for the place that it was made for; asked by this name.
process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x';
const { default: chromium } = await import('@sparticuz/chromium');
const executablePath = await chromium.executablePath();
console.log(JSON.stringify({ executablePath, libraries: process.env.LD_LIBRARY_PATH }));
