import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const extensionFolder = join(import.meta.dirname, '..');
const repositoryFolder = join(extensionFolder, '..');
const outputFolder = join(extensionFolder, 'build', 'chrome-mv3-prod');
const lockFolder = join(extensionFolder, 'build', '.lock');

/** What the build is made from; the lists of other workspaces hold what the extension bundles of them. */
const sourcePatterns = [
  'extension/package.json',
  'extension/assets/**/*',
  'extension/locales/**/*',
  'extension/src/**/*',
  'sdk/src/{charts,client,components,derive,format,hooks,live,messages,provider,styles}/**/*',
  'server/src/contract/*.ts',
];
const buildMsMax = 120_000;

/**
 * Builds the extension as it is shipped, unless the last build is newer than every source.
 * Test files that run side by side take turns.
 * @returns the folder of the built extension.
 * @throws Error with the bundler's words where it fails.
 */
export function buildExtension(): string {
  mkdirSync(join(extensionFolder, 'build'), { recursive: true });
  takeLock();
  try {
    if (!isFresh()) runBuild();
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
  return outputFolder;
}

function isFresh(): boolean {
  const manifest = join(outputFolder, 'manifest.json');
  if (!existsSync(manifest)) return false;
  const builtAtMs = statSync(manifest).mtimeMs;
  const sources = globSync(sourcePatterns, { cwd: repositoryFolder });
  return sources.every((source) => statSync(join(repositoryFolder, source)).mtimeMs < builtAtMs);
}

function runBuild(): void {
  const plasmo = join(repositoryFolder, 'node_modules', 'plasmo', 'bin', 'index.mjs');
  // The test runner's own NODE_ENV and conditions must not reach the bundler.
  const { NODE_ENV: _environment, NODE_OPTIONS: _options, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [plasmo, 'build'], {
    cwd: extensionFolder,
    env,
    encoding: 'utf8',
    timeout: buildMsMax,
  });
  if (status !== 0) throw new Error(`The extension does not build:\n${stdout}\n${stderr}`);
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
