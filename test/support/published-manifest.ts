/**
 * Takes the `source` condition out of a package's manifest while npm packs it, and puts it back afterwards. It points at
 * files that are not published, and a host whose own packages use a condition of that name would be sent to them.
 *
 * Runs in the package's folder: `strip` as its `prepack`, `restore` as its `postpack`.
 */
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const manifestFile = 'package.json';
const keptFile = '.package.json.kept';

const [step] = process.argv.slice(2);
if (step === 'strip') strip();
else if (step === 'restore') restore();
else throw new Error(`'${step}' is no step. Ask for 'strip' or 'restore'.`);

function strip(): void {
  // A pack that was broken off has left the manifest without its condition.
  if (existsSync(keptFile)) restore();
  copyFileSync(manifestFile, keptFile);
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  for (const target of Object.values<string | { source?: string }>(manifest.exports)) {
    if (typeof target === 'object') delete target.source;
  }
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
}

function restore(): void {
  renameSync(keptFile, manifestFile);
}
