import { existsSync, globSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, buildFor, buildMsMax, folderOf } from '../pack/build-for.ts';

const extensionFolder = join(import.meta.dirname, '..');
const repositoryFolder = join(extensionFolder, '..');
const lockFolder = join(extensionFolder, 'build', '.lock');

/** What the build is made from; the lists of other workspaces hold what the extension bundles of them. */
const sourcePatterns = [
  'extension/package.json',
  'extension/pack/build-for.ts',
  'extension/assets/**/*',
  'extension/locales/**/*',
  'extension/src/**/*',
  'sdk/src/{charts,client,components,derive,format,hooks,live,messages,provider,styles}/**/*',
  'server/src/contract/**/*.ts',
];

/**
 * Builds the extension as it is shipped, unless the last build is newer than every source.
 * Test files that run side by side take turns.
 * @returns the folder of the built extension.
 * @throws Error with the bundler's words where it fails.
 */
export function buildExtension(browser: Browser = 'chrome'): string {
  mkdirSync(join(extensionFolder, 'build'), { recursive: true });
  takeLock();
  try {
    if (!isFresh(browser)) buildFor(browser);
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
  return folderOf(browser);
}

function isFresh(browser: Browser): boolean {
  const manifest = join(folderOf(browser), 'manifest.json');
  if (!existsSync(manifest)) return false;
  const builtAtMs = statSync(manifest).mtimeMs;
  const sources = globSync(sourcePatterns, { cwd: repositoryFolder });
  return sources.every((source) => statSync(join(repositoryFolder, source)).mtimeMs < builtAtMs);
}

function takeLock(): void {
  const giveUpAtMs = Date.now() + buildMsMax;
  for (;;) {
    try {
      mkdirSync(lockFolder);
      return;
    } catch (cause) {
      const isStale = existsSync(lockFolder) && Date.now() - statSync(lockFolder).mtimeMs > buildMsMax;
      if (isStale) rmSync(lockFolder, { recursive: true, force: true });
      else if (Date.now() > giveUpAtMs) throw new Error(`Another build holds ${lockFolder}.`, { cause });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}
