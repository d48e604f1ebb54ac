import { browsers, buildFor } from './build-for.ts';

/* Builds the extension for every browser: `npm run build -w extension`. */

for (const browser of browsers) process.stdout.write(`${buildFor(browser)}\n`);
