/**
 * Makes a release and does everything but publish: checks, tests, builds and packs what is committed, and prints each file
 * with its digest and the command that publishes it with provenance.
 *
 *     npm run release -- https://git.example.com/usagekit
 *
 * The address is the public repository's; it goes into the manifests and into the links of the packed READMEs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'build/release');
// By name: a folder would stand for the workspaces within it too.
const published = ['@usagekit/server', '@usagekit/node', 'usagekit', '@usagekit/react'];

const [repository, ...others] = process.argv.slice(2);
const isTested = !others.includes('--untested');
process.exitCode = release();

function release(): number {
  if (repository === undefined || !/^https:\/\/[^/]+\/\S+$/.test(repository)) {
    tell('Name the public repository: npm run release -- https://git.example.com/usagekit');
    return 2;
  }
  if (run('git', ['status', '--porcelain']).stdout.trim() !== '') {
    tell('There are changes that are not committed; a release is made of what is.');
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
    const { status, stdout, stderr } = run('npm', step, { USAGEKIT_REPOSITORY: repository });
    if (status === 0) continue;
    tell(`${stdout}${stderr}`);
    return 1;
  }
  for (const name of readdirSync(folder).sort()) {
    const digest = createHash('sha512')
      .update(readFileSync(join(folder, name)))
      .digest('base64');
    process.stdout.write(
      `${name}\n  sha512-${digest}\n  npm publish build/release/${name} --access public --provenance\n`,
    );
  }
  return 0;
}

function run(program: string, args: string[], variables: NodeJS.ProcessEnv = {}) {
  return spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...variables },
    maxBuffer: 64 * 1024 * 1024,
  });
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
