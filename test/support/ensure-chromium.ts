import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const candidateNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPaths = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
];

/**
 * Gives the path of a Chromium, the one in `CHROMIUM_PATH` first, and installs Debian's where none is found
 * and this process may install it.
 * @throws Error of one line that says what to install.
 */
export function ensureChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which is not an executable file.`);
  }
  const found = findChromium();
  if (found !== undefined) return found;
  if (mayInstall()) {
    installFromDebian();
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'No Chromium was found: install it (on Debian `apt-get install chromium`) or name one in CHROMIUM_PATH.',
  );
}

function findChromium(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  const paths = candidateNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...paths, ...macPaths].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get');
}

function installFromDebian(): void {
  const options = {
    stdio: ['ignore', process.stderr, process.stderr] as ('ignore' | NodeJS.WriteStream)[],
  };
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  process.stderr.write('Installing Chromium from the packages of this system.\n');
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status } = spawnSync('apt-get', args, {
      ...options,
      env: environment,
    });
    if (status !== 0)
      throw new Error(`\`apt-get ${args.join(' ')}\` failed: install Chromium or set CHROMIUM_PATH.`);
  }
}

if (import.meta.main) {
  try {
    process.stdout.write(`${ensureChromium()}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
