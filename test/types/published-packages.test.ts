import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseModule } from '../meta/architecture/parse-module.ts';
import { bundlers, measureByBundler } from '../support/measure-by-bundlers.ts';
import { type PublishedPackage, publicRepository, publishPackage, run } from './published-package.ts';
import {
  chartEntries,
  measuredEntries,
  rootBytesMax,
  rootEntries,
  saidBytes,
  saidChartBytes,
} from './said-sizes.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(repository, 'node_modules/.bin');
/** Written whole by the sdk's build: the sheet as a string, and the scenarios' images. */
const madeByBuild = /^dist\/(styles\/index|testing\/(images\/\w+|engine\/scenario-images))\.js$/;
const hostOptions = {
  strict: true,
  target: 'ES2024',
  module: 'nodenext',
  lib: ['ES2024', 'DOM', 'DOM.Iterable'],
  jsx: 'react-jsx',
  noEmit: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
};

describe.each([
  { workspace: 'server' as const, alsoInstalled: ['@types/node', '@types/pg'] },
  { workspace: 'server/packages/node' as const, alsoInstalled: ['@types/node'] },
  {
    workspace: 'sdk' as const,
    alsoInstalled: ['@types/node', '@types/react', '@types/react-dom', '@testing-library/react'],
  },
])('the published package of $workspace', ({ workspace, alsoInstalled }) => {
  let published: PublishedPackage;
  beforeAll(() => {
    published = publishPackage(workspace, alsoInstalled);
  });
  afterAll(() => published?.remove());

  it('passes publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: published.folder, pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has none of the conditions by which this repository runs from its sources', () => {
    const conditions = Object.values(published.manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [] : Object.keys(target),
    );
    const forRequire = workspace === 'sdk' ? ['require', 'production'] : [];
    expect(new Set(conditions)).toEqual(new Set(['types', ...forRequire, 'default']));
    const packed = readdirSync(published.folder, { recursive: true, encoding: 'utf8' });
    // `init` writes the catalogs as they are read, comments included.
    expect(packed.filter((name) => /^src[/\\](?!catalogs)/.test(name))).toEqual([]);
  });

  it('leaves the folder that was packed as it was', () => {
    for (const name of ['package.json', 'README.md']) {
      const textIn = (folder: string) => readFileSync(join(folder, name), 'utf8');
      expect(textIn(published.packedFrom)).toBe(textIn(join(repository, workspace)));
    }
    const names = readdirSync(published.packedFrom);
    expect(names.filter((name) => name === 'LICENSE' || name.endsWith('.kept'))).toEqual([]);
  });

  it('F30: has its licence, and a manifest that speaks to hosts alone', () => {
    const { manifest, folder } = published;
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toContain('MIT License');
    expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toContain(`\n## ${manifest.version}\n`);
    expect(manifest.scripts).toBeUndefined();
    expect(manifest.devDependencies).toBeUndefined();
    for (const range of Object.values(manifest.dependencies ?? {})) expect(range).toMatch(/^[\^>]/);
    expect(manifest.repository).toEqual({
      type: 'git',
      url: `git+${publicRepository}.git`,
      directory: workspace,
    });
  });

  it('F30: has source maps that hold the sources', () => {
    const files = readdirSync(published.folder, { recursive: true, encoding: 'utf8' });
    const maps = files.filter((name) => name.endsWith('.js.map'));
    const modules = files.filter((name) => name.endsWith('.js') && !name.startsWith('bin'));
    const unmapped = modules.filter((name) => !maps.includes(`${name}.map`) && !madeByBuild.test(name));
    // A chunk that only passes on what other chunks export has no line that came from a source.
    const passesOn = (name: string) =>
      readFileSync(join(published.folder, name), 'utf8')
        .split('\n')
        .every((line) => /^(import|export|'use client'|$)/.test(line));
    expect(unmapped.filter((name) => !passesOn(name))).toEqual([]);
    for (const name of maps) {
      const map = JSON.parse(readFileSync(join(published.folder, name), 'utf8'));
      expect(map.sourcesContent).toHaveLength(map.sources.length);
    }
  });

  it('F30: has a README whose links lead somewhere on a page outside of the repository', () => {
    const readme = readFileSync(join(published.folder, 'README.md'), 'utf8');
    const targets = [...readme.matchAll(/(?<!!)\[[^\]]*\]\(([^)]*)\)/g)].map(([, target]) => target);
    expect(targets.filter((target) => !/^(https:|#)/.test(target ?? ''))).toEqual([]);
    const inRepository = targets.filter((target) => target?.startsWith(`${publicRepository}/blob/main/`));
    for (const target of inRepository) {
      const path = target?.slice(`${publicRepository}/blob/main/`.length).replace(/#.*/, '') ?? '';
      expect(existsSync(join(repository, path)), path).toBe(true);
    }
  });

  it('has types that hosts resolve, by every way of resolution that knows exports', () => {
    // What is made for require has the declarations of the modules: the same names, which a CommonJS file may require in Node 22.
    const ignored = workspace === 'sdk' ? ['--ignore-rules', 'false-esm'] : [];
    run(
      join(bin, 'attw'),
      [published.tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'styles.css', ...ignored],
      repository,
    );
  });

  it('loads each of its entries with nothing installed but what it declares', () => {
    const script = loadedEntries().map((entry) => `await import(${JSON.stringify(entry)});`);
    writeFileSync(join(published.hostFolder, 'load.mjs'), script.join('\n'));
    run(process.execPath, ['load.mjs'], published.hostFolder);
  });

  it('F27: loads each of its entries in a CommonJS project too', () => {
    const script = loadedEntries().map((entry) => `require(${JSON.stringify(entry)});`);
    writeFileSync(join(published.hostFolder, 'load.cjs'), script.join('\n'));
    run(process.execPath, ['load.cjs'], published.hostFolder);
  });

  if (workspace === 'sdk')
    it.each([
      ['require', 'cjs', 'require'],
      ['import', 'mjs', 'await import'],
    ])(
      'F27: has one provider and one of each widget, whichever entry it is taken from by %s',
      (_by, ending, take) => {
        // Of two copies, a widget of one does not find the provider of the other.
        const file = `one-of-each.${ending}`;
        // The panel without charts has the panel's name, so that either can be imported in place of the other.
        const entries = loadedEntries().filter((entry) => !entry.endsWith('/no-charts'));
        const taken = entries.map(
          (entry) => `[${JSON.stringify(entry)}, ${take}(${JSON.stringify(entry)})],`,
        );
        const script = `
        const root = ${take}(${JSON.stringify(published.name)});
        const entries = [${taken.join('\n')}];
        for (const [entry, names] of entries)
          for (const name of Object.keys(names))
            if (/^[A-Z]/.test(name) && name in root && names[name] !== root[name]) console.log(name + ' of ' + entry);
      `;
        writeFileSync(join(published.hostFolder, file), script);
        expect(run(process.execPath, [file], published.hostFolder)).toBe('');
      },
    );

  if (workspace === 'server')
    it('F30: has what `init` writes', () => {
      const command = join(published.folder, 'bin/usagekit.js');
      const project = join(published.hostFolder, 'project');
      mkdirSync(project);
      const said = run(
        process.execPath,
        [command, 'init', '--framework', 'next', '--template', 'crm'],
        project,
      );
      expect(said).toContain('wrote usagekit.catalog.ts');
      expect(readFileSync(join(project, 'usagekit.catalog.ts'), 'utf8')).toContain('CatalogConfig');
    });

  if (workspace === 'sdk')
    it.each(bundlers)(
      'F9: makes a page load what the README says, for each of four widgets and for all of them, by %s',
      async (bundler) => {
        const measured = await measureByBundler(bundler, published.hostFolder, measuredEntries);
        for (const name of Object.keys(measuredEntries)) {
          const said = saidBytes(name, bundler);
          expect(measured[name], `${name} by ${bundler}`).toBeLessThanOrEqual(said);
          // A figure that has become far too high says something else than what is.
          expect(measured[name], `${name} by ${bundler}`).toBeGreaterThan(said - 400);
        }
        const fromRoot = await measureByBundler(bundler, published.hostFolder, rootEntries);
        for (const name of Object.keys(rootEntries))
          expect(fromRoot[name], `${name} from the root by ${bundler}`).toBeLessThanOrEqual(
            (measured[name] ?? 0) + rootBytesMax[bundler],
          );
        expect(measured.CreditBalance).toBeLessThanOrEqual(12_000);
        expect(measured.PlanCard).toBeLessThanOrEqual(12_000);
        expect(measured.TaskTable).toBeLessThanOrEqual(12_000);
        expect(measured.UsagePanel).toBeLessThanOrEqual(12_000);
        expect(measured['all four']).toBeLessThanOrEqual(25_000);
      },
      300_000,
    );

  if (workspace === 'sdk')
    it.each(bundlers)(
      'F9: adds no more by a chart than the README says, by %s',
      async (bundler) => {
        const measured = await measureByBundler(bundler, published.hostFolder, chartEntries);
        const said = saidChartBytes();
        for (const [name, bytes] of Object.entries(measured))
          expect(bytes, `${name} by ${bundler}`).toBeLessThanOrEqual(said);
        expect(Math.max(...Object.values(measured))).toBeGreaterThan(said - 4_000);
      },
      300_000,
    );

  if (workspace === 'sdk')
    it('F27: sets a named scenario up as it was lived through', () => {
      const script = `
      import { deepEqual } from 'node:assert/strict';
      import { readdirSync } from 'node:fs';
      import { createUsageKitMock, scenarios } from '@usagekit/react/testing';
      const images = readdirSync(new URL('./images/', import.meta.resolve('@usagekit/react/testing')));
      deepEqual(images.toSorted(), Object.keys(scenarios).map((name) => name + '.js').toSorted());
      const addresses = ['credits', 'usage', 'activity', 'ledger', 'invoices', 'subscription'].map((view) => '/v1/accounts/acme/' + view);
      for (const name of ['healthy', 'sixMonths', 'topUpFailed']) {
        const fromImage = createUsageKitMock({ scenario: name });
        // A function is lived through.
        const lived = createUsageKitMock({ scenario: (plan) => scenarios[name](plan) });
        for (const address of [...addresses, '/v1/tasks?accountId=acme']) {
          const get = (mock) => mock.backend.send('GET', address);
          deepEqual(await get(fromImage), await get(lived));
        }
        deepEqual(await fromImage.account().spend(3), await lived.account().spend(3));
      }`;
      writeFileSync(join(published.hostFolder, 'images.mjs'), script);
      run(process.execPath, ['images.mjs'], published.hostFolder);
    });

  /** All but those that load in their runner alone. */
  function loadedEntries(): string[] {
    const entries = codeEntries(published).filter((entry) => !/\/(vitest|jest)$/.test(entry));
    return entries.map((entry) => entry.replace('.', published.name));
  }

  it('compiles in a strict host', () => {
    const needsNode = (entry: string) => workspace === 'server' || /\/(node|spool|playwright)$/.test(entry);
    const entries = codeEntries(published);
    expect([
      ...typeErrors(
        published,
        entries.filter((entry) => !needsNode(entry)),
        [],
      ),
      ...typeErrors(published, entries.filter(needsNode), ['node']),
    ]).toEqual([]);
  });

  it('shows no validator in its types, the schemas themselves apart', () => {
    const offending = codeEntries(published)
      .filter((entry) => entry !== './contract/schemas')
      .flatMap((entry) => typeImportsFrom(published, entry))
      .filter(({ specifier }) => specifier === 'zod' || specifier.startsWith('zod/'))
      .map(({ file }) => file.replace(published.folder, ''));
    expect([...new Set(offending)]).toEqual([]);
  });

  it('keeps the doc comments of what it exports', () => {
    const undocumented = codeEntries(published).filter((entry) => {
      const files = new Set(typeImportsFrom(published, entry).map(({ file }) => file));
      return ![...files].some((file) => readFileSync(file, 'utf8').includes('/**'));
    });
    expect(undocumented).toEqual([]);
  });
});

it('F30: the published command is the server’s own, under the name that people type', () => {
  const published = publishPackage('server/packages/usagekit', []);
  try {
    expect(published.manifest.scripts).toBeUndefined();
    const { manifest, folder } = published;
    expect(manifest.dependencies).toEqual({ '@usagekit/server': `^${manifest.version}` });
    expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toContain(`\n## ${manifest.version}\n`);
    const said = run(
      process.execPath,
      [join(published.folder, 'bin/usagekit.js'), '--help'],
      published.hostFolder,
    );
    expect(said).toMatch(/^Usage: usagekit/);
    expect(said).toContain('serve');
    // The console that `serve` shows is in the package, with the licences of what is bundled in it.
    expect(readFileSync(join(published.folder, 'dist/console/index.html'), 'utf8')).toContain(
      '/console/assets/',
    );
    expect(readFileSync(join(published.folder, 'dist/console/THIRD-PARTY-LICENSES.md'), 'utf8')).toContain(
      'react',
    );
  } finally {
    published.remove();
  }
});

it('F27: a production build of a host has nothing of the overlay and of the mock', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-overlay-'));
  mkdirSync(join(folder, 'node_modules/@usagekit'), { recursive: true });
  symlinkSync(join(repository, 'sdk'), join(folder, 'node_modules/@usagekit/react'), 'junction');
  symlinkSync(join(repository, 'node_modules/react'), join(folder, 'node_modules/react'), 'junction');
  writeFileSync(
    join(folder, 'app.js'),
    `import { UsageKitOverlay } from '@usagekit/react/testing/overlay';
     export async function show(h) {
       if (!import.meta.env.DEV) return h(UsageKitOverlay, {});
       const { createUsageKitMock } = await import('@usagekit/react/testing');
       return h(UsageKitOverlay, { mock: createUsageKitMock() });
     }`,
  );
  const built = async (mode: string) => {
    const result = await build({
      configFile: false,
      logLevel: 'error',
      root: folder,
      mode,
      resolve: { conditions: [mode, 'module', 'browser'] },
      define: { 'import.meta.env.DEV': String(mode !== 'production') },
      build: {
        write: false,
        lib: { entry: 'app.js', formats: ['es'] },
        rollupOptions: { external: /^react/ },
      },
    });
    const { output } = (Array.isArray(result) ? result[0] : result) as Rollup.RollupOutput;
    return output.map((file) => (file.type === 'chunk' ? file.code : '')).join('');
  };
  const [production, development] = [await built('production'), await built('development')];
  rmSync(folder, { recursive: true });
  expect(development).toContain('UsageKit mock');
  expect(development).toContain('outOfCredits');
  expect(production).not.toContain('UsageKit mock');
  expect(production).not.toContain('outOfCredits');
  expect(production.length).toBeLessThan(1_000);
});

it("the published sdk keeps 'use client' where its sources have it", () => {
  const folder = join(repository, 'sdk/src');
  const dist = join(repository, 'sdk/dist');
  const isClient = (file: string) => /^['"]use client['"]/.test(readFileSync(file, 'utf8'));
  const clientSources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('testing/'))
    .filter((name) => isClient(join(folder, name)));
  expect(clientSources.length).toBeGreaterThan(0);
  expect(clientSources.filter((name) => !isClient(join(dist, name.replace(/\.tsx?$/, '.js'))))).toEqual([]);
});

/** What the compiler says of the host and of the package; what it says of other packages is theirs. */
function typeErrors(
  { name, hostFolder, manifest }: PublishedPackage,
  entries: string[],
  types: string[],
): string[] {
  if (entries.length === 0) return [];
  const sheets = Object.keys(manifest.exports).filter((entry) => !isCode(entry));
  const lines = [
    ...entries.map((entry, index) => `export * as entry${index} from '${entry.replace('.', name)}';`),
    ...sheets.map((entry) => `import '${entry.replace('.', name)}';`),
  ];
  const compilerOptions = { ...hostOptions, types };
  writeFileSync(join(hostFolder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(hostFolder, 'host.ts'), lines.join('\n'));
  writeFileSync(join(hostFolder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['host.ts'] }));
  const { stdout } = spawnSync(join(bin, 'tsc'), ['--project', '.', '--pretty', 'false'], {
    cwd: hostFolder,
    encoding: 'utf8',
  });
  return stdout
    .split('\n')
    .filter((line) => /^(host\.ts|node_modules\/@usagekit\/.*|tsconfig\.json|error)\b/.test(line));
}

function codeEntries({ manifest }: PublishedPackage): string[] {
  return Object.entries(manifest.exports)
    .filter(([entry, target]) => isCode(entry) && typeof target === 'object' && target.types !== undefined)
    .map(([entry]) => entry);
}

const isCode = (entry: string) => !entry.endsWith('.css');

/** Every import in the declarations that an entry's types are made of. */
function typeImportsFrom({ folder, manifest }: PublishedPackage, entry: string) {
  const target = manifest.exports[entry];
  const first = join(folder, (typeof target === 'object' && target.types) || '');
  const found: { file: string; specifier: string }[] = [];
  const seen = new Set([first]);
  for (const file of seen) {
    found.push({ file, specifier: '' });
    for (const { specifier } of parseModule(file, readFileSync(file, 'utf8')).imports) {
      found.push({ file, specifier });
      if (specifier.startsWith('.'))
        seen.add(join(dirname(file), specifier).replace(/\.(js|tsx?)$/, '.d.ts'));
    }
  }
  return found;
}
