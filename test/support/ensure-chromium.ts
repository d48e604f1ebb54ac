import { findProgram, installFromDebian, isExecutable, mayInstall } from './ensure-packages.ts';

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
    installFromDebian('chromium');
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'No Chromium was found: install it (on Debian `apt-get install chromium`) or name one in CHROMIUM_PATH.',
  );
}

function findChromium(): string | undefined {
  for (const name of candidateNames) {
    const found = findProgram(name);
    if (found !== undefined) return found;
  }
  return macPaths.find(isExecutable);
}

if (import.meta.main) {
  try {
    process.stdout.write(`${ensureChromium()}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
