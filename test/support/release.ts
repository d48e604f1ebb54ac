/**
 * Makes a release and does everything but publish: checks, tests, builds and packs what is committed, and prints each file
 * with its digest and the command that publishes it with provenance, in the order in which the packages need each other.
 *
 *     npm run release -- https://git.example.com/usagekit
 *
 * The address is the public repository's; it goes into the manifests and into the links of the packed READMEs. A release needs
 * versions and changelogs that are up to date: `npm run bump` makes them of the changesets. What the steps print goes to stderr.
 * `--untested` leaves checks and tests out, for a commit that has passed them.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'build/release');
// By name: a folder would stand for the workspaces within it too. What another package depends on comes before it, so that nobody can
// install a package whose dependency is not there yet.
const published = ['@usagekit/server', '@usagekit/node', '@usagekit/react', 'usagekit'];

const [repository, ...others] = process.argv.slice(2);
const isTested = !others.includes('--untested');
process.exitCode = release();

function release(): number {
  if (repository === undefined || !/^https:\/\/[^/]+\/\S+$/.test(repository)) {
    tell('Name the public repository: npm run release -- https://git.example.com/usagekit');
    return 2;
  }
  const { stdout: changes } = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (changes.trim() !== '') {
    tell('There are changes that are not committed; a release is made of what is.');
    return 1;
  }
  const waiting = readdirSync(join(root, '.changeset')).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  );
  if (waiting.length > 0) {
    tell(
      `Changesets wait: ${waiting.join(', ')}. Run 'npm run bump', and commit the versions and changelogs.`,
    );
    return 1;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const workspaces = published.flatMap((name) => ['--workspace', name]);
  const steps = [
    ...(isTested ? [['run', 'check'], ['test']] : []),
    ['run', 'build', '--if-present', ...workspaces],
    ['pack', '--pack-destination', folder, ...workspaces],
  ];
  for (const step of steps) {
    tell(`- npm ${step.join(' ')}`);
    const { status } = spawnSync('npm', step, {
      cwd: root,
      env: { ...process.env, USAGEKIT_REPOSITORY: repository },
      stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    });
    if (status !== 0) return 1;
  }
  const files = readdirSync(folder);
  for (const name of published) {
    const file = files.find((candidate) => isFileOf(candidate, name));
    if (file === undefined) throw new Error(`npm packed no file of ${name}.`);
    const digest = createHash('sha512')
      .update(readFileSync(join(folder, file)))
      .digest('base64');
    process.stdout.write(
      `${file}\n  sha512-${digest}\n  npm publish build/release/${file} --access public --provenance\n`,
    );
  }
  return 0;
}

/** npm names the file `usagekit-server-0.1.0.tgz` for `@usagekit/server`. */
function isFileOf(file: string, name: string): boolean {
  const start = `${name.replace('@', '').replace('/', '-')}-`;
  return file.startsWith(start) && /^\d/.test(file.slice(start.length));
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
