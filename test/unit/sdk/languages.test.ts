import { readdirSync, readFileSync } from 'node:fs';
import { ar } from '@usagekit/react/messages/ar';
import { de } from '@usagekit/react/messages/de';
import { ja } from '@usagekit/react/messages/ja';
import { describe, expect, it } from 'vitest';
import manifest from '../../../sdk/package.json' with { type: 'json' };
import { choosePlural } from '../../../sdk/src/messages/languages/choose-plural.ts';
import type { Messages } from '../../../sdk/src/messages/messages.ts';
import { measureBundle } from '../../support/measure-bundle.ts';

const languages: [name: string, texts: Messages, script: RegExp][] = [
  ['de', de, /[a-zäöüß]/i],
  ['ja', ja, /[\u3040-\u30ff\u4e00-\u9fff]/],
  ['ar', ar, /[\u0600-\u06ff]/],
];

/** Every text of a language by its path. */
function textsOf(value: unknown, path = ''): [path: string, text: unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => textsOf(inner, `${path}/${name}`));
}

/** What a text says of figures that are themselves, by a count where it takes one. */
function spoken(text: unknown, count: number): string {
  if (typeof text !== 'function') return String(text);
  const parameters = /^[^=]*/.exec(String(text))?.[0] ?? '';
  const names = parameters.match(/[\w$]+/g) ?? [];
  const values = names.map((name) =>
    /count|days|times|max|runs|months|_count/.test(name) ? count : `<${name}>`,
  );
  return String((text as (...values: unknown[]) => string)(...values));
}

/** Texts that are signs or names in every language, or figures alone. */
const alike = /\/(pdf|csv)$|\/line\/|\/period$|\/covers$|\/upcomingOn$|\/thresholdUnit$|\/limit$/;

/** The English texts. Each stands with the widget that says it. */
const folder = new URL('../../../sdk/src/messages/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.startsWith('languages'),
);
const modules: object[] = await Promise.all(files.map((name) => import(new URL(name, folder).href)));
const english: Record<string, object> = {};
for (const [name, texts] of modules.flatMap((module) => Object.entries(module))) {
  if (!name.endsWith('Messages') || name === 'useMessages') continue;
  const own = name.replace(/Messages$/, '');
  // Texts that come with a part of a component stand apart, under its name and the part's.
  const component = own in de ? own : Object.keys(de).find((each) => own.startsWith(each));
  english[component ?? own] = { ...english[component ?? own], ...texts };
}

/** Words that German has from English, or shares with it. */
const shared = /^(Status|Agent|Code|Browser|Bonus|PDF|Pause|Limit|\+<\w+> Bonus)$/i;

describe.each([
  ['en', english as object, /> (are|were|have|remain|expire)\b/],
  ['de', de, /> (sind|waren|werden|wurden|haben|bleiben|kommen|laufen|fehlen)\b/],
])('the texts in %s', (_name, texts, many) => {
  it('put no verb of several behind an amount, which may be one', () => {
    const all = textsOf(texts).filter(([path]) => !path.endsWith('/sentence'));
    const said = all.map(([path, text]) => `${path}: ${spoken(text, 3)}`);
    // Names that are listed are told apart by their number.
    expect(said.filter((words) => many.test(words) && !words.includes('<names>'))).toEqual([]);
  });
});

describe.each(languages)('the texts in %s', (_name, texts, script) => {
  const all = textsOf({ ...texts, meter: { ...texts.meter, sentence: '' } }).filter(
    ([path]) => !path.endsWith('/sentence') && !/because\//.test(path),
  );

  it('are written, each in the language’s own script', () => {
    expect(all.length).toBeGreaterThan(600);
    const foreign = all.filter(([path, text]) => {
      const words = spoken(text, 3).replace(/<[^>]*>/g, '');
      return (
        !alike.test(path) && (spoken(text, 3).trim() === '' || (/\p{L}/u.test(words) && !script.test(words)))
      );
    });
    expect(foreign.map(([path, text]) => `${path}: ${spoken(text, 3)}`)).toEqual([]);
  });

  it('say everything that English says, in other words', () => {
    const inEnglish = new Map(textsOf(english));
    expect(
      textsOf(texts)
        .map(([path]) => path)
        .sort(),
    ).toEqual([...inEnglish.keys()].sort());
    const same = all.filter(
      ([path, text]) =>
        !alike.test(path) &&
        spoken(text, 3) === spoken(inEnglish.get(path), 3) &&
        /\p{L}{3}/u.test(spoken(text, 3).replace(/<[^>]*>/g, '')) &&
        !shared.test(spoken(text, 3)),
    );
    expect(same.map(([path, text]) => `${path}: ${spoken(text, 3)}`)).toEqual([]);
  });

  it('hold no word that was left undefined', () => {
    const broken = all.filter(([, text]) =>
      [0, 1, 2, 3, 11, 100].some((count) => /undefined|NaN/.test(spoken(text, count))),
    );
    expect(broken.map(([path]) => path)).toEqual([]);
  });
});

it('chooses forms by the plural rules of Unicode', () => {
  const arabic = choosePlural('ar');
  const forms = { zero: 'zero', one: 'one', two: 'two', few: 'few', many: 'many', other: 'other' };
  expect([0, 1, 2, 3, 11, 100].map((count) => arabic(count, forms))).toEqual(Object.keys(forms));
  expect(ar.taskTable.shown(2, '٢')).toBe('مهمتان');
  expect(ar.taskTable.shown(3, '٣')).toBe('٣ مهام');
  expect(de.taskTable.shown(1, '1')).toBe('1 Aufgabe');
  expect(de.taskTable.shown(5, '5')).toBe('5 Aufgaben');
});

it('F10: an Arabic sentence runs from the right, though it begins with a word of the host', () => {
  const sentences = [
    ar.planComparison.limit('Task runs', '500 runs'),
    ar.planComparison.unlimited('Task runs'),
    ar.planComparison.credits('100 credits'),
    ar.outOfCredits.detail.plan_limit_reached('emails'),
    ar.outOfCredits.detail.allocation_exhausted('emails', '500 emails'),
    ar.invoices.line.overage('Task runs'),
    ar.modelPicker.perRequest('12 credits'),
    ar.whyBlocked.limitNear('Storage'),
  ];
  const strong = /[\u200f\p{Script=Arabic}]|\p{Script=Latin}/u;
  const begunFromLeft = sentences.filter((text) => /\p{Script=Latin}/u.test(text.match(strong)?.[0] ?? ''));
  expect(begunFromLeft).toEqual([]);
});

it('loads one language at a time, and none with the widgets', async () => {
  /** Modules with words of those languages, whichever room they stand in. */
  const of = (names: string, modules: string[]) =>
    modules.filter((module) => new RegExp(`/messages/[a-z]+/(${names})(-words)?\\.`).test(module));
  const german = await measureBundle("export { de } from '@usagekit/react/messages/de';");
  expect(of('de', german.modules).length).toBeGreaterThan(1);
  expect(of('ja|ar', german.modules)).toEqual([]);
  const widgets = await measureBundle("export * from '@usagekit/react';");
  expect(of('de|ja|ar', [...widgets.modules, ...widgets.lazyModules])).toEqual([]);
}, 60_000);

it('every language of the package is in the suite', () => {
  const here = readFileSync(import.meta.filename, 'utf8');
  const shipped = Object.keys(manifest.exports).filter((name) => name.startsWith('./messages/'));
  expect(shipped).toHaveLength(languages.length);
  for (const name of shipped) expect(here).toContain(name.replace('./', '@usagekit/react/'));
});
