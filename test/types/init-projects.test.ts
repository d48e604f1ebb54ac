import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { frameworks } from '../../server/src/node/init/project-files.ts';
import { usagekit } from '../api/support/command-line.ts';
import { createTestServer, secretKey } from '../api/support/test-server.ts';
import { serveApp } from '../support/serve-app.ts';

async function init({ framework, folder }: { framework: string; folder: string }) {
  const { code, out } = await usagekit(['init', '--framework', framework, '--folder', folder, '--json']);
  return { code, found: JSON.parse(out) as unknown };
}

describe('F30: what usagekit init writes for a framework', () => {
  const repository = fileURLToPath(new URL('../..', import.meta.url));
  const bin = (name: string) => join(repository, 'node_modules/.bin', name);
  let folder = '';
  beforeAll(async () => {
    // Below the repository, so that the packages are the workspaces.
    await mkdir(join(repository, 'test/.results'), { recursive: true });
    folder = await mkdtemp(join(repository, 'test/.results/init-'));
    for (const framework of frameworks) {
      const flags = { framework, folder: join(folder, framework) };
      await mkdir(flags.folder);
      expect((await init(flags)).code).toBe(0);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('compiles in a strict project', async () => {
    const compilerOptions = {
      strict: true,
      target: 'ES2024',
      module: 'esnext',
      moduleResolution: 'bundler',
      customConditions: ['source'],
      lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
      types: ['node', 'vite/client'],
      jsx: 'react-jsx',
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*'] }));
    const { stdout } = spawnSync(bin('tsc'), ['--project', folder, '--pretty', 'false'], {
      encoding: 'utf8',
      cwd: folder,
    });
    expect(stdout.split('\n').filter((line) => !/^(\.\.|$|\s)/.test(line))).toEqual([]);
  });

  it('passes its own first test', async () => {
    const conditions = "['source', 'module', 'browser', 'node', 'development|production']";
    await writeFile(
      join(folder, 'vitest.config.js'),
      `export default { resolve: { conditions: ${conditions} }, ssr: { resolve: { conditions: ${conditions} } } };`,
    );
    const { stdout, status } = spawnSync(bin('vitest'), ['run', '--root', folder], {
      encoding: 'utf8',
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(stdout).toMatch(/Test Files\D+4 passed/);
    expect(status).toBe(0);
  });

  it('gives the widgets their figures on a server that knows nothing but the key', async () => {
    const { app } = createTestServer();
    const { url, close } = await serveApp(app);
    vi.stubEnv('USAGEKIT_URL', url);
    vi.stubEnv('USAGEKIT_SECRET_KEY', secretKey);
    try {
      const { usageKit } = await import(join(folder, 'vite/backend/usagekit.ts'));
      const response = await usageKit(new Request('http://host/api/usagekit/v1/accounts/acme/credits'));
      expect(response.status).toBe(200);
    } finally {
      vi.unstubAllEnvs();
      await close();
    }
  });

  it('leaves what is there as it is, when it is run again', async () => {
    const { found } = await init({ framework: 'hono', folder: join(folder, 'hono') });
    expect(found).toMatchObject({
      written: [],
      left: ['usagekit.catalog.ts', 'usagekit.ts', 'usagekit.test.ts'],
    });
  });
});
