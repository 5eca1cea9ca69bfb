/** Unpacks the Chromium that comes from npm under TMPDIR, and says where, and where its libraries are. */

// It carries the libraries of a bare Linux for the place that it was made for; asked by this name.
process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x';
const { default: chromium } = await import('@sparticuz/chromium');
const executablePath = await chromium.executablePath();
console.log(JSON.stringify({ executablePath, libraries: process.env.LD_LIBRARY_PATH }));
