// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decideNotices } from '../../extension/src/core/account/notices.ts';
import { emptySnapshot } from '../../extension/src/core/account/snapshot.ts';
import { badgeOf } from '../../extension/src/core/badge/badge.ts';
import { fitsBadge } from '../../extension/src/core/badge/badge-fonts.ts';
import { decideBadgeState } from '../../extension/src/core/badge/badge-state.ts';
import { toPageView } from '../../extension/src/core/prompt/page-view.ts';
import { formatWithUnit } from '../../extension/src/core/reader-format.ts';
import { defaultSettings } from '../../extension/src/core/settings.ts';
import { arabic } from '../../extension/src/words/arabic.ts';
import { english, type Words } from '../../extension/src/words/english.ts';
import { german } from '../../extension/src/words/german.ts';
import { japanese } from '../../extension/src/words/japanese.ts';
import { localeOf, wordsOf } from '../../extension/src/words/words-of.ts';
import { sampleBlocked, sampleMeter, sampleSummary } from '../../extension/test-support/sample-summary.ts';

const nowMs = Date.UTC(2026, 10, 20, 8, 0, 30);
const others: [string, Words, RegExp][] = [
  ['German', german, /[A-Za-z]/],
  ['Japanese', japanese, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u],
  ['Arabic', arabic, /\p{Script=Arabic}/u],
];

/** Every text, by its path; functions are given names that can be found again. */
function textsOf(words: Words): Map<string, string> {
  const texts = new Map<string, string>();
  const collect = (value: unknown, path: string): void => {
    if (typeof value === 'string') texts.set(path, value);
    else if (typeof value === 'function') texts.set(path, String(value('«1»', '«2»', '«3»')));
    else for (const [name, part] of Object.entries(value as object)) collect(part, `${path}.${name}`);
  };
  for (const [name, part] of Object.entries(words))
    if (!['language', 'direction', 'punctuation', 'badgeText'].includes(name)) collect(part, name);
  return texts;
}

describe('the extension’s own texts', () => {
  it.each(others)(
    'F26: are all there in %s, with every figure of the English ones',
    (_name, words, script) => {
      const inEnglish = textsOf(english);
      const inOther = textsOf(words);
      expect([...inOther.keys()].sort()).toEqual([...inEnglish.keys()].sort());
      for (const [path, text] of inOther) {
        const figuresOf = (written = '') => [...new Set(written.match(/«\d»/g))].sort();
        expect([path, figuresOf(text)]).toEqual([path, figuresOf(inEnglish.get(path))]);
        expect([path, script.test(text)]).toEqual([path, true]);
      }
      const same = [...inOther].filter(([path, text]) => text === inEnglish.get(path)).map(([path]) => path);
      expect(same.length).toBeLessThan(3);
    },
  );

  it('F26: stand in the tables and nowhere else', () => {
    const folder = join(import.meta.dirname, '../../extension/src');
    for (const file of globSync('{popup,options,pages,panel,site-script}/**/*.{ts,tsx}', { cwd: folder })) {
      const source = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      // Text between tags, and attributes that are read out or shown.
      const found = [
        ...source.matchAll(/>\s*([A-Z][a-z]+[^<>{}=;()]*)\s*<\//g),
        ...source.matchAll(/\b(?:title|aria-label|label)="([^"]+)"/g),
      ].map(([, words]) => words);
      expect([file, found.filter((words) => words !== 'UsageKit')]).toEqual([file, []]);
    }
  });

  it.each([
    ['de-CH', german],
    ['ja-JP', japanese],
    ['ar', arabic],
    ['en-GB', english],
    ['fr', english],
  ])('are chosen by the browser’s language, %s', (locale, words) => {
    expect(wordsOf({ locale })).toBe(words);
  });

  it.each([
    ['de-AT', 'de-AT'],
    ['fr-CH', 'en-CH'],
    ['fr', 'en'],
  ])('have figures and dates of the same language: %s gives %s', (language, locale) => {
    expect(localeOf(language)).toBe(locale);
  });

  it.each([{ badgeText: english.badgeText }, ...others.map(([, { badgeText }]) => ({ badgeText }))])(
    'F26: have words for the badge that it shows whole',
    ({ badgeText }) => {
      for (const text of Object.values(badgeText)) {
        expect(text).toMatch(/^[\x21-\x7e]{1,4}$/);
        expect([text, fitsBadge(text)]).toEqual([text, true]);
      }
    },
  );
});

describe.each(others)('in %s', (_name, { language }, script) => {
  const format = { locale: language, timeZone: 'UTC' };
  const summary = sampleSummary({
    level: 'high',
    credits: { available: '0', held: '0', unit: '#' },
    creditLabel: { one: '#', other: '#' },
    meters: [sampleMeter({ label: '#', percent: 92.4, level: 'high' })],
    blocked: sampleBlocked(),
  });
  // What the product itself has named stays as it is.
  const hasEnglish = (text: string) =>
    /\b(left|used|reset|resets|paused|work|as of|new|plan|credits|not now|limit)\b/i.test(text);

  it('E10: the icon’s title is of that language', () => {
    for (const blocked of [null, summary.blocked]) {
      const snapshot = {
        ...emptySnapshot,
        summary: { ...summary, blocked },
        isBlocked: blocked !== null,
        asOfMs: nowMs,
      };
      for (const atMs of [nowMs, nowMs + 3_600_000]) {
        const { title } = badgeOf(decideBadgeState(true, snapshot, atMs), format);
        expect(title).toMatch(script);
        expect(hasEnglish(title)).toBe(false);
      }
    }
  });

  it('F17: the card’s words and direction are of that language', () => {
    const view = toPageView(summary, { metric: null, kind: 'stopped' }, true, format);
    expect(view.direction).toBe(language === 'ar' ? 'rtl' : 'ltr');
    for (const text of [view.title, view.body, view.actionLabel, view.notNowLabel, view.announcement]) {
      expect(text).toMatch(script);
      expect(hasEnglish(text ?? '')).toBe(false);
    }
  });

  it('a notification is of that language', () => {
    const settings = { ...defaultSettings.notify, isOn: true };
    const { notices } = decideNotices(
      { connectionId: 'a', summary: { ...summary, blocked: null } },
      {},
      { settings, hour: 12, nowMs, format },
    );
    expect(notices).not.toEqual([]);
    for (const { title, message } of notices) expect(hasEnglish(`${title} ${message}`)).toBe(false);
  });
});

it.each([
  ['en-GB', 'The balance is used up', 'The balance is too low', 'Add funds', 'Balance running low'],
  [
    'de-DE',
    'Guthaben aufgebraucht',
    'Guthaben reicht nicht',
    'Guthaben aufladen',
    'Guthaben: bald aufgebraucht',
  ],
  ['ja-JP', '残高がありません', '残高が足りません', '残高をチャージ', '残高が残り少なくなりました'],
  ['ar-EG', 'نفد الرصيد', 'الرصيد لا يكفي', 'إضافة رصيد', 'الرصيد: يوشك على النفاد'],
])(
  'E3: a balance of money is no credits in %s: on cards, on buttons and in notifications',
  (locale, ...said) => {
    const format = { locale, timeZone: 'UTC' };
    const summary = sampleSummary({
      credits: { available: '0.8', held: '0', unit: 'USD' },
      creditLabel: { one: 'credit', other: 'credits', currency: 'USD' },
      creditsIncluded: '20',
      level: 'high',
      blocked: sampleBlocked({
        actions: [{ kind: 'buy_credits', label: 'Add funds', currency: 'USD', allowed: true }],
      }),
    });
    const stopped = toPageView(summary, { metric: null, kind: 'stopped' }, true, format);
    const short = toPageView(summary, { metric: null, kind: 'short' }, true, format);
    const settings = { ...defaultSettings.notify, isOn: true };
    const { notices } = decideNotices(
      { connectionId: 'c', summary },
      {},
      { settings, hour: 12, nowMs, format },
    );
    expect([
      stopped.title,
      short.title,
      stopped.actionLabel,
      notices[0]?.title.replace('Acme: ', ''),
    ]).toEqual(said);
  },
);

it('names a unit by the figure that is shown, in every language’s digits', () => {
  const unit = { one: 'credit', other: 'credits' };
  const said = (locale: string, amount: string) =>
    formatWithUnit(amount, unit, { locale, timeZone: 'UTC' }).replaceAll(/[\u2066-\u2069]/g, '');
  expect([said('en', '1'), said('en', '1.004'), said('en', '1.01'), said('ar-EG', '1')]).toEqual([
    '1 credit',
    '1 credit',
    '1.01 credits',
    '١ credit',
  ]);
});
