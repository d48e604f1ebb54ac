import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { commands } from '../../server/src/node/command-line.ts';
import { repositoryFiles, textOf } from '../meta/repository-files.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
// Below the repository, so that the packages are the workspaces.
mkdirSync(join(repository, 'test/.results'), { recursive: true });
const folder = mkdtempSync(join(repository, 'test/.results/doc-blocks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Block {
  document: string;
  line: number;
  language: string;
  code: string;
}

/** Every block of code in what a user reads: the READMEs of the packages and the guides. */
const blocks = repositoryFiles()
  .filter((path) =>
    /^(README|(sdk|extension|server|server\/operations|server\/packages\/\w+)\/README)\.md$|^sdk\/docs\/guides\/|^server\/operations\/(scaling-out|upgrading)\.md$/.test(
      path,
    ),
  )
  .flatMap((document): Block[] => {
    const text = textOf(document);
    return [...text.matchAll(/^```(\w+)[^\n]*\n(.*?)^```/gms)].map(
      ({ index, 1: language = '', 2: code = '' }) => ({
        document,
        line: text.slice(0, index).split('\n').length,
        language,
        code,
      }),
    );
  });
/** Code within a line: calls, elements and options of the kit. Code in a table or a sentence is copied as often as a block. */
const pieces = [...new Set(blocks.map(({ document }) => document))].flatMap((document) => {
  const text = textOf(document).replaceAll(/^```.*?^```/gms, (block) => block.replaceAll(/[^\n]/g, ''));
  return [...text.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].flatMap(({ index, 1: code = '' }) =>
    /\w\(|^<[A-Z]|=>/.test(code) && !/^[A-Z]+\(/.test(code)
      ? [{ document, line: text.slice(0, index).split('\n').length, code }]
      : [],
  );
});
const of = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));

/** A block as a module: with the imports of the blocks before it, and in a function where it is a piece of one. */
function moduleOf({ code }: Block, before: readonly Block[]): string {
  const isImport = /^import [^;]+;$/gms;
  const own = code.match(isImport) ?? [];
  const body = code.replaceAll(isImport, '').trim();
  const names = new Set([...own.join('\n').matchAll(/\b[\w$]+\b/g)].map(([name]) => name));
  const given = before
    .flatMap((each) => each.code.match(isImport) ?? [])
    .filter(
      (line) =>
        ![...line.matchAll(/\b(?!import|from|type)[A-Za-z$][\w$]+\b(?=[^']*')/g)].some(([name]) =>
          names.has(name),
        ),
    );
  const isPiece = /^(\s*if \(.*\) )?return /m.test(body) && !/\bexport\b/.test(body);
  return [
    ...new Set(given),
    ...own,
    isPiece ? `export async function piece() {\n${body}\n}` : `${body}\nexport {};`,
  ].join('\n');
}

// The compiler reads the sources of all packages, which takes long while other work goes on.
describe('code that a user reads', { timeout: 300_000 }, () => {
  it('compiles, in the READMEs and in the guides', () => {
    const names = new Map<string, Block>();
    for (const block of of('ts', 'tsx')) {
      const name = `${block.document.replaceAll(/\W/g, '-')}-${block.line}.${block.language}`;
      const before = of('ts', 'tsx').filter(
        (each) => each.document === block.document && each.line < block.line,
      );
      writeFileSync(join(folder, name), moduleOf(block, before));
      names.set(name, block);
    }
    const documents = new Set(pieces.map(({ document }) => document));
    for (const document of documents) {
      const name = document
        .replace(/\.mdx?$/, '')
        .replaceAll(/\W/g, '-')
        .toLowerCase();
      const own = pieces.filter((piece) => piece.document === document);
      writeFileSync(
        join(folder, `${name}-lines.tsx`),
        `${namesOf(name)}\n${own.map(functionOf).join('\n')}\n`,
      );
    }
    const surroundings = new URL('doc-blocks/', import.meta.url);
    for (const name of readdirSync(surroundings).filter((each) => each.endsWith('.ts')))
      cpSync(new URL(name, surroundings), join(folder, name));
    const compilerOptions = {
      strict: true,
      target: 'ES2024',
      module: 'esnext',
      moduleResolution: 'bundler',
      customConditions: ['source'],
      lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
      types: ['node', 'vite/client', 'chrome'],
      jsx: 'react-jsx',
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*'] }));
    const { stdout } = spawnSync(
      join(repository, 'node_modules/.bin/tsc'),
      ['--project', folder, '--pretty', 'false'],
      { encoding: 'utf8', cwd: folder },
    );
    const mistakes = stdout.split('\n').filter((line) => !/^(\.\.|$|\s)/.test(line));
    expect(names.size).toBeGreaterThan(15);
    expect(pieces.length).toBeGreaterThan(80);
    expect(mistakes).toEqual([]);
  });

  it('is JSON and YAML where it says so', () => {
    for (const { code } of of('json')) expect(() => JSON.parse(code)).not.toThrow();
    for (const { code } of of('yaml')) expect(() => parseYaml(code)).not.toThrow();
  });

  it('calls commands of usagekit and npm scripts that exist', () => {
    const lines = of('sh').flatMap(({ document, code }) =>
      code.split('\n').map((line) => ({ document, line })),
    );
    // In the table of commands and in sentences they stand as code within a line.
    const documents = [...new Set(blocks.map(({ document }) => document))];
    const inline = documents.flatMap((document) =>
      [...textOf(document).matchAll(/(?<!`)`((?:npx )?usagekit [^`]+)`(?!`)/g)].map(([, line = '']) => ({
        document,
        line,
      })),
    );
    const typed = of('sh').flatMap(({ document, code }) =>
      code
        .replaceAll(/\\\n\s*/g, '')
        .split('\n')
        .map((line) => ({ document, line })),
    );
    expect(inline.length).toBeGreaterThan(30);
    const unknown = [...typed, ...inline].flatMap(({ document, line }) =>
      unknownIn(line).map((what) => `${document}: ${what} of '${line}'`),
    );
    expect(unknown).toEqual([]);
    const builds = lines.flatMap(({ line }) => {
      const [, script] = /npm run (\S+)/.exec(line) ?? [];
      if (script === undefined) return [];
      const named = [...line.matchAll(/(?:--workspace|-w) (\S+)/g)].map(([, name = '']) => manifestOf(name));
      const manifests = named.length > 0 ? named : [manifestOf('')];
      return manifests.map(({ scripts }) => ({ script, scripts }));
    });
    expect(builds.length).toBeGreaterThan(1);
    for (const { script, scripts } of builds) expect(scripts).toHaveProperty([script]);
  });
});

/** What the code within the lines of a document takes from its surroundings. */
function namesOf(document: string): string {
  const file = join(repository, 'test/types/doc-blocks/lines', `${document}.tsx`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The code of a line in a function, named by the line. `.spend(25)` goes on from the call before it, `onError: ...` is an option. */
function functionOf({ line, code }: { line: number; code: string }, place: number): string {
  const whole = code.startsWith('.') ? `shortOf${code}` : code.replace(/^export /, '');
  const [, named] = /^(\w+)\(\)$/.exec(whole) ?? [];
  // Prose that names a function leaves its arguments out.
  if (named !== undefined) return `void ${named};`;
  const statement = /^\w+: /.test(whole) ? `withOption({ ${whole} })` : whole;
  return `export async function line${line}piece${place}() {\n${statement};\n}`;
}

/** The command that a line types and that does not exist, and the flags that it does not take. */
function unknownIn(line: string): string[] {
  const [, words = ''] = /\busagekit ((?:[a-z]+\b ?)+)/.exec(line.replace(/#.*/, '')) ?? [];
  if (words === '' || (!line.includes('npx ') && !line.trimStart().startsWith('usagekit '))) return [];
  const command = commands
    .filter(({ name }) => `${words} `.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (command === undefined) return ofTheKit.test(words) ? [] : [`no command ${words}`];
  const known = [...Object.keys(command.flags ?? {}), ...Object.keys(command.switches ?? {}), 'help'];
  const flags = [...line.matchAll(/ --([a-z-]+)/g)].map(([, flag = '']) => flag);
  return flags.filter((flag) => !known.includes(flag)).map((flag) => `no flag --${flag}`);
}

/** The mock is a command of the kit. */
const ofTheKit = /^mock\b/;

/** The manifest of a workspace, by its folder or its name; the repository's own where neither is given. */
function manifestOf(workspace: string): Manifest {
  const root = readManifest('');
  if (workspace === '') return root;
  const found = (root.workspaces ?? [])
    .map((folder) => ({ folder, ...readManifest(folder) }))
    .find(({ folder, name }) => folder === workspace || name === workspace);
  if (found === undefined) throw new Error(`No workspace is called ${workspace}.`);
  return found;
}

interface Manifest {
  name: string;
  scripts?: Record<string, string>;
  workspaces?: string[];
}

function readManifest(folder: string): Manifest {
  return JSON.parse(textOf(join(folder, 'package.json')));
}
