import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that can be said of the code without running it; each step runs, so that one look shows all mistakes. */
const steps: { name: string; command: string[] }[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings'] },
  ...[
    'server',
    'server/tsconfig.portable.json',
    'server/packages/node',
    'sdk',
    'sdk/tsconfig.node.json',
    'sdk/docs',
    'extension',
    'test',
  ].map((project) => ({ name: `types of ${project}`, command: ['tsc', '--project', project] })),
  { name: 'imports and repository', command: ['vitest', 'run', '--root', 'test', '--project', 'meta'] },
];

const failed = steps.filter(({ name, command: [program = '', ...args] }) => {
  process.stdout.write(`- ${name}\n`);
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return status !== 0;
});

process.stdout.write(
  failed.length === 0 ? 'All checks pass.\n' : `Failed: ${failed.map(({ name }) => name).join(', ')}.\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
