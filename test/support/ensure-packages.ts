import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Gives the path of a program, installing Debian's package of it where it is not found and this process may install.
 * @throws Error of one line that says what to install.
 */
export function ensureProgram(program: string, debianPackage: string): string {
  const found = findProgram(program);
  if (found !== undefined) return found;
  if (mayInstall()) {
    installFromDebian(debianPackage);
    const installed = findProgram(program);
    if (installed !== undefined) return installed;
  }
  throw new Error(`No ${program} was found: install it (on Debian \`apt-get install ${debianPackage}\`).`);
}

/** Where a program is, in the folders of PATH and those that a bare PATH may lack. */
export function findProgram(program: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function mayInstall(): boolean {
  return process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get');
}

/** @throws Error of one line where the package cannot be had. */
export function installFromDebian(debianPackage: string): void {
  process.stderr.write(`Installing ${debianPackage} from the packages of this system.\n`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', debianPackage]]) {
    const { status } = spawnSync('apt-get', args, {
      stdio: ['ignore', process.stderr, process.stderr],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) throw new Error(`\`apt-get ${args.join(' ')}\` failed: install ${debianPackage}.`);
  }
}
