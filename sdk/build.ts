/**
 * Makes dist, from which the package is published.
 *
 * The compiler emits one file a module, so that 'use client' and doc comments stay where they are and a host's
 * bundler takes only what it uses. The contract's few tables come along, and so does, bundled into the testing
 * entries, the whole server: a host installs one package.
 */
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { bundle as bundleCss } from 'lightningcss';
import { rolldown } from 'rolldown';
import serverManifest from '../server/package.json' with { type: 'json' };
import { mergeFirstModules } from './merge-first-modules.ts';
import sdkManifest from './package.json' with { type: 'json' };
import { writePassingEntry } from './write-passing-entry.ts';
import { writeSharedModules } from './write-shared-modules.ts';

const sdk = import.meta.dirname;
const dist = join(sdk, 'dist');
const emitted = join(dist, '.emitted');
const images = join(dist, '.images');
const serverDist = join(dist, 'server');

const testingEntries = [
  'index',
  'node',
  'msw',
  'vitest',
  'jest',
  'playwright',
  'storybook',
  'overlay',
  'overlay-production',
];
/** What hosts import to connect, and for the widgets that many pages have. */
const connection = join(dist, 'provider/index.js');
const widgets = [
  'credit-balance/credit-balance',
  'plan-card/plan-card',
  'task-table/task-table',
  'usage-panel/usage-panel-without-charts',
].map((name) => join(dist, 'components', `${name}.js`));
const gatheredWidgets = widgets.filter((widget) => /task-table|usage-panel/.test(widget));
/** Entries that pass on more than one of those widgets. */
const entries = ['index', 'components/usage-panel/no-charts'];
/** What stays the host's own. */
const outsideOfTesting = /^(node:|react|msw|@testing-library\/|playwright-core|vitest)/;

rmSync(dist, { recursive: true, force: true });
await Promise.all([
  run('tsc', ['--project', join(sdk, 'tsconfig.build.json')]),
  run(process.execPath, ['--conditions=source', join(sdk, 'write-scenario-images.ts'), images]),
]);
placeModules();
importFromOwnModules();
resolveServerImports();
markPureCalls();
await mergeFirstModules(dist, connection, widgets);
writeSharedModules(dist, connection, widgets, gatheredWidgets);
for (const entry of entries) writePassingEntry(dist, entry);
await bundleTesting();
writeSheet();
await bundleForRequire();

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (status) =>
      status === 0 ? resolve() : reject(new Error(`${[program, ...args].join(' ')} ended with ${status}.`)),
    );
  });
}

function placeModules(): void {
  for (const name of readdirSync(join(emitted, 'sdk/src')))
    renameSync(join(emitted, 'sdk/src', name), join(dist, name));
  renameSync(join(emitted, 'server/src'), serverDist);
  rmSync(emitted, { recursive: true });
  cpSync(images, join(dist, 'testing'), { recursive: true });
  rmSync(images, { recursive: true });
}

/**
 * Imports what is taken of the contract from the module that has it. Whoever imports from the contract's index has all of it before
 * him: esbuild then puts what any later part needs of it into what a page needs at once.
 */
function importFromOwnModules(): void {
  const index = readFileSync(join(serverDist, 'contract/index.js'), 'utf8');
  const modules = new Map(
    [...index.matchAll(/export \{([^}]+)\} from '\.(\/[^']+)'/g)].flatMap(([, names = '', path = '']) =>
      namesIn(names).map((name) => [name, `contract${path}`] as const),
    ),
  );
  for (const file of filesIn(dist, /\.js$/)) {
    const text = readFileSync(file, 'utf8');
    const direct = text.replace(
      /import \{([^}]+)\} from '@usagekit\/server\/contract';/g,
      (whole, names: string) => {
        const imports = namesIn(names).map((name) => {
          const path = modules.get(name.replace(/ as .*/, ''));
          return path && `import { ${name} } from '${pathFrom(file, join(serverDist, path))}';`;
        });
        // On the one line that the source map knows.
        return imports.every(Boolean) ? imports.join(' ') : whole;
      },
    );
    if (direct !== text) writeFileSync(file, direct);
  }
}

/** Says of calls that make a constant of a module that they have no effect, so that a bundler leaves out those that a page has no use for. */
function markPureCalls(): void {
  for (const file of filesIn(dist, /\.js$/)) {
    const text = readFileSync(file, 'utf8');
    const marked = text.replace(
      /^(?:export )?const \w+ = (?=(?:asWidget|lazyPart|lazy|memo|createContext|forwardRef|\(?_jsxs?)\()/gm,
      (head) => `${head}/* @__PURE__ */ `,
    );
    if (marked !== text) writeFileSync(file, marked);
  }
}

/** What stands between the braces of an import or export, name by name. */
function namesIn(text: string): string[] {
  return text.split(',').flatMap((name) => name.trim() || []);
}

/** The path that an import in a file has to name. */
function pathFrom(file: string, target: string): string {
  const path = relative(dirname(file), target);
  return path.startsWith('.') ? path : `./${path}`;
}

/** Turns `@usagekit/server/...` into the path of the copy that lies in dist. */
function resolveServerImports(): void {
  const entries = new Map(
    Object.entries(serverManifest.exports).flatMap(([name, target]) =>
      typeof target === 'string'
        ? []
        : [
            [
              name.replace('.', '@usagekit/server'),
              target.source.replace('./src/', '').replace(/\.ts$/, '.js'),
            ],
          ],
    ),
  );
  for (const file of filesIn(dist, /\.(js|d\.ts)$/)) {
    const text = readFileSync(file, 'utf8');
    const resolved = text.replace(/(["'])(@usagekit\/server\/[\w/-]+)\1/g, (whole, quote, specifier) => {
      const entry = entries.get(specifier);
      if (entry === undefined) return whole;
      return `${quote}${pathFrom(file, join(serverDist, entry))}${quote}`;
    });
    if (resolved !== text) writeFileSync(file, resolved);
  }
}

/** The server and what it imports go into the testing entries; the sdk's own modules stay the ones that the host has. */
async function bundleTesting(): Promise<void> {
  const testing = join(dist, 'testing');
  // They stay files of their own, loaded one by one, and the module that imports them is as it was written: not every bundler
  // follows the template strings that minified imports have.
  const isOfImages = (path: string) => /\/(images\/\w+|engine\/scenario-images)\.js$/.test(path);
  const isOutside = (path: string) =>
    isOfImages(path) || !(path.startsWith(testing) || path.startsWith(serverDist));
  const build = await rolldown({
    input: Object.fromEntries(testingEntries.map((entry) => [entry, join(testing, `${entry}.js`)])),
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'default'] },
    external: (id, importer) => {
      if (outsideOfTesting.test(id)) return true;
      return id.startsWith('.') && importer?.startsWith(testing)
        ? isOutside(resolve(dirname(importer), id))
        : false;
    },
  });
  const bundled = join(dist, '.bundled');
  const { output } = await build.write({
    dir: bundled,
    format: 'esm',
    chunkFileNames: '[name].js',
    // A test waits until all of it is read. Names of functions and lines stay: Node shows them where an error was thrown.
    minify: { compress: true, mangle: { keepNames: true }, codegen: { removeWhitespace: false } },
    sourcemap: true,
  });
  for (const file of filesIn(testing, /\.js(\.map)?$/)) if (!isOfImages(file)) rmSync(file);
  for (const file of filesIn(serverDist, /\.js(\.map)?$/)) {
    if (!file.startsWith(join(serverDist, 'contract/'))) rmSync(file);
  }
  cpSync(bundled, testing, { recursive: true });
  rmSync(bundled, { recursive: true });
  writeLicences(output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : [])));
}

/**
 * The same entries for `require`: Jest reads a CommonJS project's packages by itself, and cannot read these modules there. What
 * one project requires comes from these files alone, so that it has one provider and one mock.
 */
async function bundleForRequire(): Promise<void> {
  const entries = Object.values(sdkManifest.exports).flatMap((target) =>
    typeof target === 'object' && 'require' in target ? [target.default.replace('./dist/', '')] : [],
  );
  const build = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry.replace(/\.js$/, ''), join(dist, entry)])),
    platform: 'node',
    external: (id) => outsideOfTesting.test(id) || id.startsWith('recharts'),
    onLog(level, log, tell) {
      // 'use client' means nothing to who requires a module: what reads it imports.
      if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
    },
  });
  await build.write({
    dir: join(dist, 'cjs'),
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name].cjs',
  });
}

/** The licences of the packages that were bundled, which ask to be kept with every copy. */
function writeLicences(moduleIds: readonly string[]): void {
  const folders = new Map<string, string>();
  for (const id of moduleIds) {
    const [folder, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id) ?? [];
    if (folder !== undefined && name !== undefined) folders.set(name, folder);
  }
  const texts = [...folders].sort().map(([name, folder]) => {
    const [licence] = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
    if (licence === undefined) throw new Error(`${name} is bundled and has no licence file.`);
    return `${name}\n\n${readFileSync(join(folder, licence), 'utf8').trim()}\n`;
  });
  writeFileSync(join(dist, 'testing/THIRD-PARTY-LICENSES.txt'), texts.join('\n---\n\n'));
}

/** One sheet without imports, as a file and as a string; the source is kept apart by what it styles. */
function writeSheet(): void {
  const { code } = bundleCss({
    filename: join(sdk, 'src/styles/styles.css'),
    minify: true,
    // Without targets it folds `animation-timeline` into `animation`, which no browser reads.
    targets: { chrome: 123 << 16, firefox: 128 << 16, safari: (17 << 16) | (5 << 8) },
  });
  writeFileSync(join(dist, 'styles.css'), code);
  // TypeScript 6 and later ask for types of an import that is made for its effect.
  writeFileSync(join(dist, 'styles.css.d.ts'), 'export {};\n');
  // In the sources Vite makes the string; a published module cannot count on a bundler that knows how.
  writeFileSync(
    join(dist, 'styles/index.js'),
    `export const styles = ${JSON.stringify(new TextDecoder().decode(code))};\n`,
  );
}

function filesIn(folder: string, name: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && name.test(file.name))
    .map((file) => join(file.parentPath, file.name));
}
