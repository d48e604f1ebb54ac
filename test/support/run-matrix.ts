/**
 * `npm run matrix`: the packed kit in fresh projects whose runners are too heavy for the suite. They are installed from the
 * registry; what is light stands in test/e2e/mock-matrix.test.ts and is part of `npm test`.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { publishPackage, run } from '../types/published-package.ts';
import { ensureChromium } from './ensure-chromium.ts';

const versions: Record<string, string> = manifest.devDependencies;
const pinned = (...names: string[]) => names.map((name) => `${name}@${versions[name]}`);

interface Project {
  name: string;
  packages: string[];
  run(folder: string): string;
  passes: RegExp;
}

const projects: Project[] = [
  {
    name: 'vitest-browser',
    packages: [
      ...pinned('vitest', 'react', 'react-dom', 'msw'),
      `@vitest/browser-playwright@${versions.vitest}`,
      `playwright@${versions['playwright-core']}`,
    ],
    run: (folder) => run('npx', ['vitest', 'run'], folder),
    passes: /1 passed/,
  },
];

process.env.CHROMIUM_PATH = ensureChromium();
const { tarball, remove } = publishPackage('sdk', []);
let failed = 0;
for (const { name, packages, run: runProject, passes } of projects) {
  const folder = mkdtempSync(join(tmpdir(), `usagekit-${name}-`));
  try {
    cpSync(join(import.meta.dirname, '../e2e/mock-matrix', name), folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: `host-with-${name}`, type: 'module' }),
    );
    run('npm', ['install', '--no-audit', '--no-fund', '--save-dev', tarball, ...packages], folder);
    const isPassed = passes.test(runProject(folder));
    process.stdout.write(`${isPassed ? 'passes' : 'FAILS'}: ${name}\n`);
    if (!isPassed) failed += 1;
  } catch (error) {
    process.stdout.write(`FAILS: ${name}\n${error instanceof Error ? error.message : String(error)}\n`);
    failed += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
remove();
process.exitCode = failed === 0 ? 0 : 1;
