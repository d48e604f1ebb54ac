import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type PublishedPackage, publishPackage, run } from '../types/published-package.ts';
import { typeErrorsOf } from './mock-matrix/matcher-types.ts';

let published: PublishedPackage;

/** The package as it is published, in a folder that has the runners next to it, as a host's project has. */
beforeAll(() => {
  published = publishPackage('sdk', [
    'jest',
    '@playwright/test',
    'jsdom',
    'happy-dom',
    '@types/node',
    'standardwebhooks',
    '@types/jest',
    '@types/react',
    '@types/react-dom',
  ]);
}, 500_000);
afterAll(() => published?.remove());

function projectOf(runner: string, folder = join(published.hostFolder, runner)): string {
  cpSync(join(import.meta.dirname, 'mock-matrix', runner), folder, { recursive: true });
  return folder;
}

const binOf = (name: string, file: string) => join(import.meta.dirname, '../../node_modules', name, file);

describe('F27: the packed mock in a fresh project', () => {
  it('of Jest, in CommonJS', () => {
    const output = run(process.execPath, [binOf('jest', 'bin/jest.js'), '--colors=false'], projectOf('jest'));
    expect(output).toBeDefined();
  });

  it('of Playwright, in CommonJS', () => {
    const output = run(
      process.execPath,
      [binOf('@playwright/test', 'cli.js'), 'test'],
      projectOf('playwright'),
    );
    expect(output).toContain('1 passed');
  });

  it.each(['vitest', 'jest', 'playwright'] as const)('has typed matchers for %s', (runner) => {
    expect(typeErrorsOf(runner, published.hostFolder, binOf('typescript', 'bin/tsc'))).toEqual([]);
  });

  it('of Vitest, in Node, jsdom and happy-dom, with every recipe of sdk/TESTING.md', () => {
    projectOf('recipes');
    const folder = projectOf('vitest', published.hostFolder);
    // Where nothing says that it is unattended the first run writes the snapshots, and the second one compares.
    vi.stubEnv('CI', '');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const runTests = (...files: string[]) =>
      run(process.execPath, [binOf('vitest', 'vitest.mjs'), 'run', ...files], folder);
    runTests('visual');
    const output = runTests();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are written with them
    expect(output.replace(/\u001b\[[\d;]*m/g, '')).toMatch(/Tests\s+12 passed/);
  }, 500_000);

  it('as a command with control over HTTP, for Cypress and for other languages', async () => {
    const { url, ask } = await startCommand(['--scenario', 'lowCredits', '--as', 'owner', '--port', '0']);
    const credits = async () => (await (await fetch(`${url}/v1/accounts/acme/credits`)).json()).available;
    expect(await credits()).toBe('100');
    await ask('POST', 'spend', { credits: 30 });
    expect(await credits()).toBe('70');
    await ask('POST', 'fault', { on: 'GET *credits', status: 503, times: 1 });
    expect((await fetch(`${url}/v1/accounts/acme/credits`)).status).toBe(503);
    expect(
      (await ask('GET', 'requests?on=GET *credits')).map(({ status }: { status: number }) => status),
    ).toEqual([200, 200, 503]);
    await ask('POST', 'advance', { span: { days: 30 } });
    expect(await ask('POST', 'reset', { scenario: 'outOfCredits' })).toMatchObject({
      now: '2026-11-20T12:00:00.000Z',
    });
    expect(await credits()).toBe('0');
    expect(await ask('POST', 'reset', { scenario: 'outOfMoney' })).toEqual({
      error: expect.stringMatching(/'outOfMoney' is none; accepted are/),
    });
    expect(await ask('POST', 'rewind', {})).toEqual({ error: expect.stringMatching(/accepted are .*reset/) });
  });
});

async function startCommand(line: string[]) {
  const bin = join(published.folder, 'bin/usagekit.js');
  const command: ChildProcess = spawn(process.execPath, [bin, 'mock', ...line], {
    cwd: published.hostFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    command.kill();
  });
  let url = '';
  for await (const said of createInterface({ input: command.stdout as NodeJS.ReadableStream })) {
    url = /http:\/\/[\d.]+:\d+/.exec(said)?.[0] ?? url;
    if (said.startsWith('Control')) break;
  }
  return {
    url,
    async ask(method: string, path: string, body?: object) {
      const response = await fetch(`${url}/__mock__/${path}`, {
        method,
        ...(body && { body: JSON.stringify(body) }),
      });
      return response.json();
    },
  };
}
