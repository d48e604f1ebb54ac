import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, textOf } from './repository-files.ts';

/* What CONTRIBUTING.md says under 'Conventions'. */

const sources = repositoryFiles().filter((path) => /^(server|sdk|extension)\/src\/.*\.tsx?$/.test(path));

interface Field {
  readonly name: string;
  readonly isReadonly: boolean;
}

/** The fields of a file's interfaces, without those nested in a field. */
function fieldsIn(text: string): Field[] {
  const fields: Field[] = [];
  let depth = 0;
  for (const line of text.split('\n')) {
    const code = line.replace(/'[^']*'/g, "''").replace(/^\s*(\/?\*|\/\/).*/, '');
    if (depth === 0 && !/^(export )?interface .*\{\s*$/.test(code)) continue;
    const [, isReadonly, name] = /^ {2}(readonly )?(\w+)\??: /.exec(code) ?? [];
    if (depth === 1 && name !== undefined) fields.push({ name, isReadonly: isReadonly !== undefined });
    depth += (code.match(/[{(]/g) ?? []).length - (code.match(/[})]/g) ?? []).length;
  }
  return fields;
}

const fieldsOf = (path: string) => fieldsIn(textOf(path)).map((field) => ({ path, ...field }));

/** A module of the contract that has schemas of the same name goes over the wire. */
const wire = sources.filter(
  (path) =>
    /^server\/src\/contract\/[\w-]+\/[\w-]+\.ts$/.test(path) &&
    sources.includes(path.replace('.ts', '-schemas.ts')),
);
const state = sources.filter((path) =>
  /^server\/src\/(domain\/(.*\/)?state|store\/(store|installation-records))\.ts$/.test(path),
);

describe('fields', () => {
  it('are found in interfaces, and in nothing within them', () => {
    const text =
      'export interface A {\n  one: string;\n  readonly two?: { three: string };\n  call(of: string): void;\n}\nconst x = {\n  four: 1,\n};\n';
    expect(fieldsIn(text)).toEqual([
      { name: 'one', isReadonly: false },
      { name: 'two', isReadonly: true },
    ]);
  });

  it('of wire types belong to whoever parsed them', () => {
    expect(wire.length).toBeGreaterThan(15);
    expect(wire.flatMap(fieldsOf).filter(({ isReadonly }) => isReadonly)).toEqual([]);
  });

  it('of what is decided on and stored are readonly', () => {
    expect(state.length).toBeGreaterThan(1);
    expect(state.flatMap(fieldsOf).filter(({ isReadonly }) => !isReadonly)).toEqual([]);
  });
});

/** Words and phrases that a reader whose English is ordinary trips over, with a plain way to say it. */
const hardWords: readonly (readonly [word: RegExp, plain: string])[] = [
  [/\bof (whom|which)\b/, 'a sentence of its own'],
  [/\banew\b/, 'again'],
  [/\bbe it\b/, 'whether'],
  [/\breckon/, 'count, compute'],
  [/\bbeside\b/, 'in addition to, or next to'],
  [/\b(but|save) for\b/, 'except'],
  [/\bupon\b/, 'on'],
  [/\bthat (is|are) none\b(?! of)/, 'that is not valid, that is not known'],
  [/'s to see( to)?\b(?! them)|\bis to see to\b/, 'must make sure that'],
  [/\bthe own\b/, 'its own'],
  [/\bin (earnest|so many words)\b/, 'the thing itself'],
  [/\bwhat (came|comes) of (it|them)\b/, 'its result'],
  [/\bof those alone\b/, 'only'],
  [/\bWere (all|it|they|there|this)\b/, 'if'],
  [/\bthat there (is|are|was|were)( not)?(?=[.,;:'"`]|$)/m, 'that exist'],
  [
    /\b(hence|thence|whence|whereby|thereby|therein|thereof|hereby|lest|whilst|amongst|nought)\b/,
    'a plain word',
  ],
];
// A released migration keeps its text; `reckonedAtMs` is the name in what an earlier extension stored. Changelogs are not written here.
const keptWords =
  /\/migrations\.ts$|\/languages\/|\/messages\/.*\/(ar|de|ja)\.ts$|CHANGELOG\.md$|^test\/meta\/conventions\.test\.ts$|^test\/data\/|\bextension-memory\.ts$/;
const written = repositoryFiles().filter(
  (path) => /\.(tsx?|md)$/.test(path) && !path.startsWith('.') && !keptWords.test(path),
);

describe('English', () => {
  it('is found hard where it is, and not where it only looks so', () => {
    const isHard = (text: string) => hardWords.some(([word]) => word.test(text));
    for (const text of [
      'What is left, half of which is owed.',
      "That each is priced once is the caller's to see.",
      'Were all of them taken at once',
      'Takes all that there is.',
    ])
      expect(isHard(text), text).toBe(true);
    for (const text of ['A sheet besides this', 'The shows that there is a next page', 'wants to see them'])
      expect(isHard(text), text).toBe(false);
  });

  it('has none of the words that readers trip over, in code, comments, tests, law and documents', () => {
    expect(written.length).toBeGreaterThan(1_000);
    const found = written.flatMap((path) => {
      const text = textOf(path).replaceAll('reckonedAtMs', '');
      return hardWords
        .filter(([word]) => word.test(text))
        .map(([word, plain]) => [path, word.exec(text)?.[0], plain]);
    });
    expect(found).toEqual([]);
  });
});

/** What the members of a union are told apart by, where they are written as literals of one line. */
const discriminant = /^\s*(?:\||(?:export )?type \w+ =).*?\{ (?:readonly )?(\w+): (?:true|false|'[\w-]+')/gm;
/** `allowed`, `mode` and `usagekit` are names on the wire and in messages; `replayed` says what happened to an answer. */
const agreed = new Set(['outcome', 'kind', 'type', 'allowed', 'mode', 'usagekit', 'replayed']);
/** Answers between the extension's own parts, which had names of their own before. */
const earlier = /^extension\/src\/(background|core|popup|options|site-script|contents)\//;

it('unions are told apart by outcome, kind or type', () => {
  const others = sources
    .filter((path) => !earlier.test(path))
    .flatMap((path) => [...textOf(path).matchAll(discriminant)].map(([, name = '']) => ({ path, name })))
    .filter(({ name }) => !agreed.has(name));
  expect('type A = { ok: true }'.match(discriminant)).not.toBeNull();
  expect(others).toEqual([]);
});

interface Signature {
  readonly path: string;
  readonly name: string;
  readonly parameters: string;
  readonly answer: string;
}

/** The functions of a file's top level. */
function functionsIn(path: string): Signature[] {
  const text = textOf(path);
  const { program } = parseSync(path, text, { lang: path.endsWith('x') ? 'tsx' : 'ts' });
  return program.body.flatMap((statement) => {
    const node = 'declaration' in statement ? statement.declaration : statement;
    if (node === null || node.type !== 'FunctionDeclaration') return [];
    const [first, last] = [node.params[0], node.params.at(-1)];
    return {
      path,
      name: node.id?.name ?? '',
      parameters: first && last ? text.slice(first.start, last.end) : '',
      answer: node.returnType ? text.slice(node.returnType.start + 1, node.returnType.end).trim() : '',
    };
  });
}

describe('functions', () => {
  it('that are called assert throw, and neither answer nor collect', () => {
    const asserting = sources
      .filter((path) => textOf(path).includes('function assert'))
      .flatMap(functionsIn)
      .filter(({ name }) => /^assert[A-Z]/.test(name));
    expect(asserting.length).toBeGreaterThan(20);
    expect(
      asserting.filter(
        ({ answer, parameters }) =>
          !/^(void|never|asserts .*|Promise<void>)$/.test(answer) || /: CatalogReader\b/.test(parameters),
      ),
    ).toEqual([]);
  });

  it('are what kit and extension are made of, where the server has classes', () => {
    const classes = sources
      .filter((path) => /^(sdk|extension)\//.test(path))
      .flatMap((path) =>
        [...textOf(path).matchAll(/^(?:export )?(?:abstract )?class (\w+)(.*)\{/gm)]
          .filter(([, , heritage]) => !/extends \w*Error\b/.test(heritage ?? ''))
          .map(([, name]) => `${path} ${name}`),
      );
    expect(classes).toEqual([]);
  });
});
