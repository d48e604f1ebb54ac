import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, textOf } from './repository-files.ts';

/* What CONTRIBUTING.md says under 'Conventions'. */

const sources = repositoryFiles().filter((path) => /^(server|sdk|extension)\/src\/.*\.tsx?$/.test(path));

interface Field {
  readonly name: string;
  readonly isReadonly: boolean;
}

/** The fields of a file's interfaces, of those alone that stand in the interface itself. */
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

/** Words that a reader whose English is ordinary trips over, with a plain way to say it. */
const hardWords: readonly (readonly [word: RegExp, plain: string])[] = [
  [/\bof which\b/, 'a sentence of its own'],
  [/\banew\b/, 'again'],
  [/\bbe it\b/, 'whether'],
  [/\breckon/, 'count, compute'],
];
// A released migration keeps its text; `reckonedAtMs` is the name in what an earlier extension stored.
const keptWords = /\/migrations\.ts$|extension-memory\.ts$/;

describe('English', () => {
  it('has none of the words that readers trip over', () => {
    const found = sources
      .filter((path) => !keptWords.test(path) && !path.includes('/languages/'))
      .flatMap((path) =>
        hardWords
          .filter(([word]) => word.test(textOf(path)))
          .map(([word, plain]) => [path, word.source, plain]),
      );
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
