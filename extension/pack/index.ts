import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browsers, buildFor } from './build-for.ts';
import { zipFolder } from './zip-folder.ts';

/*
 * Builds the extension for every browser and packs each build as its store takes it:
 *
 *   npx node extension/pack/index.ts
 *
 * writes extension/build/usagekit-chrome.zip, usagekit-edge.zip and usagekit-firefox.zip, and says their SHA-256.
 */

for (const browser of browsers) {
  const zip = zipFolder(buildFor(browser));
  const file = join(import.meta.dirname, '..', 'build', `usagekit-${browser}.zip`);
  writeFileSync(file, zip);
  process.stdout.write(`${createHash('sha256').update(zip).digest('hex')}  ${file}\n`);
}
