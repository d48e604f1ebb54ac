import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { states } from '../../../../sdk/gallery/states.tsx';
import { UsageKitError } from '../../../../sdk/src/client/usagekit-error.ts';
import { ar } from '../../../../sdk/src/messages/languages/ar.ts';
import { de } from '../../../../sdk/src/messages/languages/de.ts';
import { ja } from '../../../../sdk/src/messages/languages/ja.ts';
import { UsageKitContext } from '../../../../sdk/src/provider/context.ts';

afterEach(cleanup);

/** What states are made of inside their own components. */
const fixtures = import.meta.glob('../../../sdk/gallery/fixtures/*.ts', { eager: true });

/** Words that follow one another in Latin letters, as names seldom do. */
const sentence = /[A-Za-z]{2,} [a-z]{2,}/;

/** What the gallery writes itself where a host would: titles and buttons of parts that it shows without their widget. */
const ofGallery =
  /^(Change to Scale|Cancel on December 1|Seats bought beyond|Set to 10|Limit of Task runs|Alerts for Task runs|\d+ runs used|Open the drawer|Opens the dialog|Auto top-up$)/;

/** Every text of what a state is made of: those that the server words itself, in English, and all others. */
interface Texts {
  fromServer: Set<string>;
  others: Set<string>;
}

/** Fields that the server words, told by what stands next to them. */
function isWordedByServer(name: string, fields: Record<string, unknown>): boolean {
  if (name === 'label') return 'allowed' in fields && 'kind' in fields;
  if (name === 'message')
    return ('reason' in fields && 'actions' in fields) || fields instanceof UsageKitError;
  if (name === 'description') return 'event' in fields || 'purpose' in fields;
  if (name === 'detail') return 'status' in fields && 'code' in fields;
  return name === 'failure';
}

function textsOf(value: unknown, texts: Texts, seen = new Set<unknown>()): Texts {
  if (typeof value !== 'object' || value === null || seen.has(value)) return texts;
  seen.add(value);
  const fields = value as Record<string, unknown>;
  const names = value instanceof Error ? [...Object.keys(value), 'message'] : Object.keys(value);
  for (const name of names) {
    // React's own ring of owners leads to the whole gallery.
    if (name.startsWith('_')) continue;
    const field = fields[name];
    if (typeof field !== 'string') textsOf(field, texts, seen);
    else (isWordedByServer(name, fields) ? texts.fromServer : texts.others).add(field);
  }
  return texts;
}

/** What can be read or heard. */
function shownIn(container: HTMLElement): string[] {
  const shown: string[] = [];
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) shown.push(node.nodeValue ?? '');
  for (const element of container.querySelectorAll('*'))
    for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'])
      shown.push(element.getAttribute(name) ?? '');
  return shown;
}

describe.each([
  ['de-DE', de],
  ['ja-JP', ja],
  ['ar-EG', ar],
] as const)('the whole gallery in %s', { timeout: 60_000 }, (locale, messages) => {
  it('F10: shows no sentence that the server wrote in English', () => {
    const found: string[] = [];
    const known = new Set<string>();
    for (const { widget, state, element } of states) {
      const { fromServer } = textsOf(element, { fromServer: new Set(), others: new Set() });
      const { container, unmount } = render(
        <UsageKitContext.Provider value={{ client: undefined, session: null, locale, messages }}>
          {element}
        </UsageKitContext.Provider>,
      );
      const shown = shownIn(container);
      for (const text of fromServer) {
        known.add(text);
        // A name such as that of a pack may be the whole of what the server says, and is the host's own.
        if (text.includes(' ') && shown.some((each) => each.includes(text)))
          found.push(`${widget}, ${state}: ${text}`);
      }
      unmount();
    }
    expect(known.size).toBeGreaterThan(15);
    expect(found).toEqual([]);
  });
});

describe.each([
  ['ja-JP', ja],
  ['ar-EG', ar],
] as const)('the whole gallery in %s', { timeout: 60_000 }, (locale, messages) => {
  it('F10: has no English of its own left, except names and texts that the host gave', () => {
    const found: string[] = [];
    const texts: Texts = { fromServer: new Set(), others: new Set() };
    textsOf([fixtures, states.map(({ element }) => element)], texts);
    const given = [...texts.others].filter((text) => /[A-Za-z]{2}/.test(text));
    given.sort((a, b) => b.length - a.length);
    for (const { widget, state, element } of states) {
      const { container, unmount } = render(
        <UsageKitContext.Provider value={{ client: undefined, session: null, locale, messages }}>
          {element}
        </UsageKitContext.Provider>,
      );
      for (const text of shownIn(container)) {
        if (!sentence.test(text) || ofGallery.test(text)) continue;
        let rest = text;
        for (const each of given) rest = rest.replaceAll(each, '');
        if (sentence.test(rest)) found.push(`${widget}, ${state}: ${text}`);
      }
      unmount();
    }
    expect(found).toEqual([]);
  });
});
