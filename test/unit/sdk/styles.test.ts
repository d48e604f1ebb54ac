import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../../sdk/src/styles/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const withoutComments = (css: string) => css.replaceAll(/\/\*[\s\S]*?\*\//g, '');
const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.css'),
);
const parts = sheets.filter((name) => name !== 'styles.css');

/** The heads of rules that stand at the top of a sheet or within its media and supports blocks. */
function outerSelectors(css: string): string[] {
  const selectors: string[] = [];
  let open: ('group' | 'rule' | 'frames')[] = [];
  let head = '';
  for (const character of withoutComments(css)) {
    if (character === '{') {
      const text = head.trim();
      const outside = open.every((kind) => kind === 'group');
      const kind = text.startsWith('@keyframes') ? 'frames' : text.startsWith('@') ? 'group' : 'rule';
      if (kind === 'rule' && outside)
        selectors.push(...text.split(/,(?![^(]*\))/).map((each) => each.trim()));
      open = [...open, kind];
      head = '';
    } else if (character === '}') {
      open = open.slice(0, -1);
      head = '';
    } else if (character === ';') head = '';
    else head += character;
  }
  return selectors;
}

describe('the sheet', () => {
  it('F10: has every part in it, and none in a layer, which a host without layers would outweigh', () => {
    const css = withoutComments(read('styles.css'));
    for (const part of parts) expect(css).toContain(`@import url("./${part}");`);
    expect(css).not.toContain('layer');
  });

  it.each(parts)('F10: touches nothing outside of a widget in %s', (part) => {
    for (const selector of outerSelectors(read(part))) expect(selector).toMatch(/:where\(\.uk-root[).]/);
  });

  it.each(parts)("names only its own classes and the charts' in %s", (part) => {
    const classes = withoutComments(read(part)).match(/\.[a-z][a-z0-9-]*(?=[^;{}]*\{)/gi) ?? [];
    const foreign = classes.filter((name) => !/^\.(uk-|recharts-|dark$|light$)/.test(name));
    expect(foreign).toEqual([]);
  });

  it('documents every public token that it reads, and reads every one that it documents', () => {
    const [head = ''] = read('tokens.css').split('*/');
    const documented = new Set([...head.matchAll(/--uk-[a-z0-9-]+/g)].map(([name]) => name));
    const numbered = [1, 2, 3, 4, 5, 6].map((number) => `--uk-chart-${number}`);
    for (const name of numbered) documented.add(name);
    const used = new Set(
      parts.flatMap((part) =>
        [...withoutComments(read(part)).matchAll(/var\((--uk-[a-z0-9-]+)/g)].map(([, name]) => name),
      ),
    );
    expect([...used].sort()).toEqual([...documented].sort());
  });

  it('F10: uses logical sides only', () => {
    for (const part of parts) {
      expect(withoutComments(read(part))).not.toMatch(
        /(margin|padding|border|inset)-(left|right|top|bottom)\b|(^|[\s;{])(left|right):|text-align: (left|right)/,
      );
    }
  });

  it('F10: has nothing in it that minifiers rewrite into something that depends on the host', () => {
    for (const part of parts) expect(withoutComments(read(part))).not.toMatch(/light-dark\(|:dir\(/);
  });

  it('F10: answers to reduced motion and to forced colours', () => {
    const css = read('preferences.css');
    expect(css).toContain('prefers-reduced-motion: reduce');
    expect(css).toContain('forced-colors: active');
  });
});
