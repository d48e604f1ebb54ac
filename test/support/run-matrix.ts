/**
 * `npm run matrix`: the packed kit in fresh projects whose runners are too heavy for the suite. They are installed from the
 * registry; what is light stands in test/e2e/mock-matrix.test.ts and is part of `npm test`.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import manifest from '../package.json' with { type: 'json' };
import { publishPackage, run } from '../types/published-package.ts';
import { ensureChromium } from './ensure-chromium.ts';

const storybookVersion = '10.6.7';
const recipes = join(import.meta.dirname, '../e2e/mock-matrix/recipes');
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

const versions: Record<string, string> = manifest.devDependencies;
const pinned = (...names: string[]) => names.map((name) => `${name}@${versions[name]}`);

interface Project {
  name: string;
  packages: string[];
  run(folder: string): string | Promise<string>;
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
  {
    name: 'storybook',
    packages: [
      ...pinned('vite', 'react', 'react-dom'),
      `storybook@${storybookVersion}`,
      `@storybook/react-vite@${storybookVersion}`,
    ],
    async run(folder) {
      for (const file of ['credits.jsx', 'credits.stories.jsx'])
        cpSync(join(recipes, file), join(folder, file));
      cpSync(join(recipes, 'preview.js'), join(folder, '.storybook/preview.js'));
      run('npx', ['storybook', 'build', '--quiet', '-o', 'out'], folder);
      return textOfStory(join(folder, 'out'), 'credits--almost-out');
    },
    passes: /^1 credits$/,
  },
];

/** What a published Storybook shows of a story, over plain HTTP on an address of the network, as a colleague opens it. */
async function textOfStory(folder: string, story: string): Promise<string> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    readFile(join(folder, path)).then(
      (file) => {
        response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' });
        response.end(file);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '0.0.0.0', resolve);
  });
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const own = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://${own ?? '127.0.0.1'}:${port}/iframe.html?id=${story}&viewMode=story`);
    const shown = page.locator('#storybook-root p', { hasText: 'credits' });
    await shown.waitFor({ timeout: 20_000 });
    return await shown.innerText();
  } finally {
    await browser.close();
    server.close();
  }
}

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
    const isPassed = passes.test(await runProject(folder));
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
