/**
 * `npm run matrix`: the packed kit and the packed client in fresh projects whose runners are too heavy for the suite. They are
 * installed from the registry; what is light stands in test/e2e/mock-matrix.test.ts and test/api/client/web-runtime.test.ts and
 * is part of `npm test`. `npm run matrix -- bun deno` runs those that are named.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { createApp } from '@usagekit/server/app';
import { createMemoryStore } from '@usagekit/server/memory';
import { expected } from '../e2e/client-runtimes/walk.ts';
import { expectedSpool } from '../e2e/client-runtimes/walk-spool.ts';
import manifest from '../package.json' with { type: 'json' };
import { type PublishedPackage, publishPackage, run } from '../types/published-package.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { launchChromium } from './launch-chromium.ts';
import { serveApp } from './serve-app.ts';
import { smallCatalogConfig } from './small-catalog.ts';

const storybookVersion = '10.6.7';
const fixedJsdomVersion = '0.0.11';
const oldestNodeVersion = '20.20.2';
const bunVersion = '1.4.5';
const denoVersion = '2.9.6';
const miniflareVersion = '4.20260730.0';
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
  /** @default 'module' */
  type?: 'commonjs';
  /** The workspace that is packed and installed. */
  packed: 'sdk' | 'server/packages/node';
  /** A folder of test/e2e whose files the project has. */
  files: string;
  packages: string[];
  run(folder: string): Promise<void>;
}

const projects: Project[] = [
  {
    name: 'vitest-browser',
    packed: 'sdk',
    files: 'mock-matrix/vitest-browser',
    packages: [
      ...pinned('vitest', 'react', 'react-dom', 'msw'),
      `@vitest/browser-playwright@${versions.vitest}`,
      `playwright@${versions['playwright-core']}`,
    ],
    async run(folder) {
      assertTells(run('npx', ['vitest', 'run'], folder), /1 passed/);
    },
  },
  {
    name: 'jest-jsdom',
    type: 'commonjs',
    packed: 'sdk',
    files: 'mock-matrix/jest-jsdom',
    packages: [
      ...pinned('jest', 'react', 'react-dom'),
      `jest-environment-jsdom@${versions.jest}`,
      `jest-fixed-jsdom@${fixedJsdomVersion}`,
    ],
    async run(folder) {
      const runTests = (...flags: string[]) => run('npx', ['jest', '--json', ...flags], folder);
      assertTells(runTests(), /"numPassedTests":4,/);
      // Its snapshots were written after other tests had drawn the same; now it is the first to draw.
      assertTells(runTests('--ci', '--testNamePattern=second'), /"numPassedTests":2,/);
    },
  },
  {
    name: 'storybook',
    packed: 'sdk',
    files: 'mock-matrix/storybook',
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
      assertTells(await textOfStory(join(folder, 'out'), 'credits--almost-out'), /^1 credits$/);
    },
  },
  runtime(
    'node-20',
    [`node@${oldestNodeVersion}`, ...pinned('esbuild')],
    [process.execPath, 'node.js'],
    expectedSpool,
  ),
  runtime('bun', [`bun@${bunVersion}`], ['bun', 'bun.js'], expectedSpool),
  // What it asks of the machine is named, as its users name it.
  runtime(
    'deno',
    [`deno@${denoVersion}`],
    ['deno', 'run', '--allow-net', '--allow-read', '--allow-write', '--allow-env', 'deno.js'],
    expectedSpool,
  ),
  runtime(
    'workerd',
    [`miniflare@${miniflareVersion}`, ...pinned('esbuild')],
    [process.execPath, 'workerd.js'],
  ),
];

/** A runtime in which a host's backend walks the client's ways, against a server on this machine. */
function runtime(name: string, packages: string[], command: string[], spooled?: object): Project {
  return {
    name,
    packed: 'server/packages/node',
    files: 'client-runtimes',
    packages,
    async run(folder) {
      const key = 'sk_test_of-a-runtime';
      const app = createApp({
        store: createMemoryStore(),
        clock: { nowMs: () => Date.now() },
        newId: () => crypto.randomUUID(),
        catalog: smallCatalogConfig,
        secretKeys: [key],
      });
      const { url, close } = await serveApp(app);
      const [program = '', ...flags] = command;
      const inFolder = program === process.execPath ? program : join(folder, 'node_modules/.bin', program);
      try {
        const { stdout } = await promisify(execFile)(inFolder, [...flags, url, key], { cwd: folder });
        const told = JSON.parse(stdout);
        const wanted = { walked: expected, ...(spooled && { spooled }), served: 200 };
        if (!isDeepStrictEqual(told, wanted)) throw new Error(`It told ${stdout}`);
      } finally {
        await close();
      }
    },
  };
}

function assertTells(text: string, wanted: RegExp): void {
  if (!wanted.test(text)) throw new Error(`Nothing in it is ${wanted}:\n${text}`);
}

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
  const browser = await launchChromium();
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

const named = process.argv.slice(2);
const unknown = named.filter((name) => !projects.some((project) => project.name === name));
if (unknown.length > 0)
  throw new Error(`There is no ${unknown.join(', ')} among ${projects.map(({ name }) => name).join(', ')}.`);
const asked = projects.filter(({ name }) => named.length === 0 || named.includes(name));

if (asked.some(({ packed }) => packed === 'sdk')) process.env.CHROMIUM_PATH = ensureChromium();
const published = new Map<Project['packed'], PublishedPackage>();
function publish(workspace: Project['packed']): PublishedPackage {
  const known = published.get(workspace) ?? publishPackage(workspace, []);
  published.set(workspace, known);
  return known;
}
let failed = 0;
for (const { name, type = 'module', packed, files, packages, run: runProject } of asked) {
  const folder = mkdtempSync(join(tmpdir(), `usagekit-${name}-`));
  try {
    const { tarball } = publish(packed);
    cpSync(join(import.meta.dirname, '../e2e', files), folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: `host-with-${name}`, type }));
    run('npm', ['install', '--no-audit', '--no-fund', '--save-dev', tarball, ...packages], folder);
    await runProject(folder);
    process.stdout.write(`passes: ${name}\n`);
  } catch (error) {
    process.stdout.write(`FAILS: ${name}\n${error instanceof Error ? error.message : String(error)}\n`);
    failed += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
for (const { remove } of published.values()) remove();
process.exitCode = failed === 0 ? 0 : 1;
