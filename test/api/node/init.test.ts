import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { catalogTemplateNames, catalogTemplates } from '@usagekit/server/catalogs';
import { compileCatalog } from '@usagekit/server/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../../server/src/node/catalog/load-catalog.ts';
import { askForProject } from '../../../server/src/node/init/ask-for-project.ts';
import { frameworks } from '../../../server/src/node/init/project-files.ts';
import { usagekit } from '../support/command-line.ts';

describe('usagekit init', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usagekit-init-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = async (flags: Record<string, string>) => {
    const { code, out, err } = await usagekit([
      'init',
      ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
    ]);
    return { code, lines: `${out}${err}`.trimEnd().split('\n') };
  };

  it.each(catalogTemplateNames)('writes %s as a commented file that loads as it is', async (template) => {
    const file = join(folder, `${template}.ts`);
    expect((await run({ template, file })).code).toBe(0);
    const text = await readFile(file, 'utf8');
    expect(text).toContain("from '@usagekit/server/contract'");
    expect(text.split('\n').filter((line) => line.trim().startsWith('//')).length).toBeGreaterThan(3);
    const config = await loadCatalog(file, 'USAGEKIT_CATALOG');
    expect(config).toEqual(catalogTemplates[template]);
    expect(compileCatalog(config).outcome).toBe('compiled');
  });

  it('leaves a file alone that is there, and tells which templates there are', async () => {
    const file = join(folder, 'mine.ts');
    await writeFile(file, 'mine');
    expect((await run({ template: 'crm', file })).code).toBe(1);
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect((await run({ template: 'shop', file })).lines[0]).toContain(
      'agents, workflow, credits, automation, crm',
    );
  });

  it.each(frameworks)(
    'F30: says to install every package that the files for %s import',
    async (framework) => {
      const project = join(folder, `with-${framework}`);
      await mkdir(project);
      const { lines } = await run({ framework, folder: project });
      const texts = await Promise.all(
        lines
          .filter((line) => line.startsWith('wrote '))
          .map((line) => readFile(join(project, line.slice('wrote '.length)), 'utf8')),
      );
      const imported = texts.flatMap((text) =>
        [...text.matchAll(/from '((?:@[^'/]+\/)?[^'./][^'/:]*)(?=['/])/g)].map(([, name]) => name ?? ''),
      );
      const installed = lines
        .filter((line) => line.includes('npm install'))
        .flatMap(
          (line) => line.replace('--save-dev', '').split('npm install ')[1]?.trim().split(/\s+/) ?? [],
        );
      // What a project with the framework has already.
      const own = ['react', 'next', 'express', 'hono'];
      expect(imported).toContain('@usagekit/server');
      expect(imported.filter((name) => !installed.includes(name) && !own.includes(name))).toEqual([]);
    },
  );

  it('names the frameworks that it knows', async () => {
    expect((await run({ framework: 'rails', folder })).lines[0]).toContain('next, vite, express, hono, none');
  });

  it('asks in a terminal, and writes nothing where the person leaves', async () => {
    expect(await answers('\u001b[B', '\r', '\r')).toEqual({ framework: 'vite', template: 'agents' });
    expect(await answers('\r', '\u0003')).toBeNull();
  });
});

/** What is chosen by these keys, each pressed once the question before it stands there. */
async function answers(...keys: string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = new PassThrough();
  output.resume();
  const chosen = askForProject({ input, output });
  for (const key of keys) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    input.write(key);
  }
  return chosen;
}
