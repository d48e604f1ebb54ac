import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { prepareGallery } from '../gallery/prepare-gallery.ts';
import { everydaySheets, type HostSheet, harderSheets, tailwind3, tailwind4 } from './host-sheets.ts';
import {
  type Difference,
  differenceUnder,
  installMeasure,
  measuredOf,
  untilDrawn,
} from './measure-styles.ts';

const openGallery = prepareGallery();

/** Opens the gallery without its content policy, so that a test may add a host's sheet to it. */
async function open(query: string): Promise<Page> {
  const { page } = await openGallery(`width=720&${query}`, { bypassCSP: true, reducedMotion: 'reduce' });
  return page;
}

/** The whole gallery, standing in what hosts give a class for their prose. */
async function openAll(): Promise<Page> {
  const page = await open('');
  await untilDrawn(page);
  await page.evaluate(() =>
    document.querySelector('.gallery-states')?.classList.add('prose', 'markdown-body'),
  );
  return page;
}

/** Takes the widgets into a shadow root, with the kit's sheet adopted there. */
const intoShadowRoot = (page: Page) =>
  page.evaluate(() => {
    const host = document.createElement('div');
    host.id = 'shadow-host';
    document.body.append(host);
    const shadow = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      [...document.styleSheets]
        .flatMap(({ cssRules }) => [...cssRules])
        .map((rule) => rule.cssText)
        .join('\n'),
    );
    shadow.adoptedStyleSheets = [sheet];
    const widgets = document.querySelector('.gallery-states');
    if (widgets) shadow.append(widgets);
  });

const sumOf = (differences: Map<string, Difference>, figure: 'properties' | 'resized' | 'ringsLost') =>
  [...differences.values()].reduce((sum, difference) => sum + difference[figure], 0);

async function differencesUnder(page: Page, sheets: HostSheet[]): Promise<Map<string, Difference>> {
  const differences = new Map<string, Difference>();
  for (const sheet of sheets) differences.set(sheet.name, await differenceUnder(page, sheet));
  return differences;
}

const told = (differences: Map<string, Difference>) =>
  [...differences].map(([name, { examples }]) => `${name}: ${examples.join('\n  ')}`).join('\n');

// Every element of every widget is measured once a sheet, which takes a minute on two cores that do nothing else.
describe("widgets under other people's sheets", { timeout: 600_000 }, () => {
  it('F10: look the same under resets, frameworks and rules for elements, states and prose', async () => {
    const page = await openAll();
    await installMeasure(page);
    const measured = await measuredOf(page);
    expect(measured.elements).toBeGreaterThan(800);
    expect(measured.controls).toBeGreaterThan(60);
    const differences = await differencesUnder(page, [
      ...(await everydaySheets()),
      ...(await harderSheets()),
    ]);
    expect(sumOf(differences, 'properties'), told(differences)).toBeLessThanOrEqual(60);
    expect(sumOf(differences, 'resized'), told(differences)).toBe(0);
    expect(sumOf(differences, 'ringsLost'), told(differences)).toBe(0);
  });

  it('F10: are told from the plain page by the measure where a sheet does reach them', async () => {
    const page = await open('widget=CreditBalance&state=ready');
    await installMeasure(page);
    const difference = await differenceUnder(page, {
      name: 'rules that win on purpose',
      css: '.gallery-state .uk-button { padding: 40px; } .gallery-state .uk-button:focus-visible { outline: none; }',
    });
    expect(difference.properties).toBeGreaterThan(4);
    expect(difference.resized).toBeGreaterThan(0);
    expect(difference.ringsLost).toBeGreaterThan(0);
  });

  it('F10: look the same in a shadow root, whatever its host inherits', async () => {
    const page = await openAll();
    await intoShadowRoot(page);
    await installMeasure(page);
    const differences = await differencesUnder(page, [
      ...(await everydaySheets()),
      {
        name: 'what a body hands down',
        css: `body { letter-spacing: 1px; word-spacing: 3px; text-transform: uppercase; font: italic 700 20px/2 serif;
          text-align: center; text-indent: 2em; white-space: nowrap; color: red; cursor: crosshair; hyphens: auto; }`,
      },
    ]);
    expect(sumOf(differences, 'properties'), told(differences)).toBe(0);
  });
});

describe('what a host does on purpose', () => {
  it('F10: wins over every part by two classes, before the kit or after it, in every state of the part', async () => {
    const page = await openAll();
    const lost = await page.evaluate(() => {
      const style = document.createElement('style');
      // The browser draws radio buttons and boxes to tick by itself. A root is no part, inside of another widget neither.
      const parts = [
        ...document.querySelectorAll<HTMLElement>(
          '.uk-root [class^="uk-"]:not(.uk-root, svg *, [type="radio"], [type="checkbox"])',
        ),
      ];
      const classes = new Set(
        parts.flatMap((part) => [...part.classList]).filter((name) => name.startsWith('uk-')),
      );
      classes.delete('uk-root');
      style.textContent = [...classes]
        .map(
          (name) =>
            `.gallery-state .${name} { color: rgb(1, 2, 3); border-radius: 11px; font-style: italic; background-color: rgb(4, 5, 6); }`,
        )
        .join('\n');
      const lostUnder = (place: (style: HTMLStyleElement) => void) => {
        place(style);
        const lost = parts.flatMap((part) => {
          const { color, borderTopLeftRadius, fontStyle, backgroundColor } = getComputedStyle(part);
          const values = [color, borderTopLeftRadius, fontStyle, backgroundColor].join(' ');
          return values === 'rgb(1, 2, 3) 11px italic rgb(4, 5, 6)' ? [] : [`${part.className}: ${values}`];
        });
        style.remove();
        return lost;
      };
      return {
        before: lostUnder((each) => document.head.prepend(each)),
        after: lostUnder((each) => document.head.append(each)),
        parts: parts.length,
      };
    });
    expect(lost.parts).toBeGreaterThan(2_000);
    expect(lost.before).toEqual([]);
    expect(lost.after).toEqual([]);
  });

  // What a utility says of the widget's own box, by the name that both versions of Tailwind give it.
  const utilities: Record<string, [property: string, value: string]> = {
    'p-6': ['padding-top', '24px'],
    'mt-4': ['margin-top', '16px'],
    'ml-4': ['margin-left', '16px'],
    'max-w-64': ['max-width', '256px'],
    'min-h-96': ['min-height', '384px'],
    hidden: ['display', 'none'],
    grid: ['display', 'grid'],
    'order-2': ['order', '2'],
    'self-end': ['align-self', 'flex-end'],
    'justify-self-center': ['justify-self', 'center'],
    'col-span-2': ['grid-column-start', 'span 2'],
    grow: ['flex-grow', '1'],
    sticky: ['position', 'sticky'],
    'z-10': ['z-index', '10'],
    'opacity-50': ['opacity', '0.5'],
    'bg-black': ['background-color', 'rgb(0, 0, 0)'],
    'border-2': ['border-top-width', '2px'],
    'rounded-lg': ['border-top-left-radius', '8px'],
    'overflow-hidden': ['overflow-x', 'hidden'],
    'w-64': ['width', '256px'],
  };

  const utilitiesLost = (page: Page, css: string, isBefore: boolean) =>
    page.evaluate(
      ([text, before, expected]) => {
        const root = document.querySelector('.uk-root');
        const style = document.createElement('style');
        style.textContent = text;
        if (before) document.head.prepend(style);
        else document.head.append(style);
        const lost = Object.entries(expected).flatMap(([name, [property, value]]) => {
          root?.classList.add(name);
          const found = root && getComputedStyle(root).getPropertyValue(property);
          root?.classList.remove(name);
          return found === value ? [] : [`${name}: ${found}`];
        });
        style.remove();
        return lost;
      },
      [css, isBefore, utilities] as const,
    );

  it("F10: wins by Tailwind's utilities on a widget's className, version 3 and 4, before the kit or after it", async () => {
    const page = await open('widget=PlanCard&state=active');
    const names = Object.keys(utilities);
    const third = await tailwind3(`<div class="${names.join(' ')}">`);
    const fourth = await tailwind4(names);
    expect(await utilitiesLost(page, third, true)).toEqual([]);
    expect(await utilitiesLost(page, third, false)).toEqual([]);
    expect(await utilitiesLost(page, fourth, false)).toEqual([]);
    // A layer that stands first is weaker than the kit's, in which the widget's width alone stands.
    expect(await utilitiesLost(page, fourth, true)).toEqual(['w-64: 720px']);
  });

  it("F10: wins on every part by Tailwind 4's utilities where the host imports the sheet into a layer of its own", async () => {
    const page = await open('widget=CreditBalance&state=ready');
    const css = await tailwind4(['bg-black', 'px-8', 'text-white']);
    const found = await page.evaluate((tailwind) => {
      const [kit] = [...document.styleSheets];
      const text = [...(kit?.cssRules ?? [])].map((rule) => rule.cssText).join('\n');
      if (kit) kit.disabled = true;
      const style = document.createElement('style');
      style.textContent = `${tailwind}\n@layer components { ${text} }`;
      document.head.append(style);
      const button = document.querySelector('.uk-button');
      const plain = button && getComputedStyle(button).paddingLeft;
      button?.classList.add('bg-black', 'px-8', 'text-white');
      const styled = button && getComputedStyle(button);
      return { plain, styled: [styled?.backgroundColor, styled?.paddingLeft, styled?.color] };
    }, css);
    expect(found).toEqual({ plain: '12px', styled: ['rgb(0, 0, 0)', '32px', 'rgb(255, 255, 255)'] });
  });

  it('F10: wins by tokens, set on the widget or on anything around it', async () => {
    const page = await open('widget=CreditBalance&state=ready');
    await page.addStyleTag({
      content:
        '.gallery-states { --uk-surface: rgb(9, 8, 7); --uk-radius: 3px; } [data-widget] { --uk-text: rgb(1, 2, 3); }',
    });
    const card = await page.$eval('.uk-card', (element) => {
      const { backgroundColor, borderTopLeftRadius } = getComputedStyle(element);
      const title = element.querySelector('.uk-title');
      return [backgroundColor, borderTopLeftRadius, title && getComputedStyle(title).color];
    });
    expect(card).toEqual(['rgb(9, 8, 7)', '3px', 'rgb(1, 2, 3)']);
  });

  // What each is drawn with, and the finer token that it may be given by itself.
  const accented: [selector: string, property: string, finer?: string][] = [
    ['.uk-button[data-kind="primary"]', 'background-color'],
    ['.uk-link', 'color'],
    ['[data-level="ok"] .uk-bar-used', 'fill', '--uk-ok'],
    ['[data-level="ok"] .uk-bar-held', 'fill', '--uk-held'],
    ['.uk-pill[data-tone="info"]', 'color', '--uk-ok-text'],
    ['.uk-grant-segment', 'fill', '--uk-chart-1'],
    ['.uk-spark-end', 'fill', '--uk-chart-1'],
    ['[stroke="var(--_chart-1)"]', 'stroke', '--uk-chart-1'],
  ];

  it('F10: carries one accent into buttons, links, bars, pills, grants and the first series, where no finer token is set', async () => {
    const page = await openAll();
    const coloursUnder = (tokens: Record<string, string>) =>
      page.evaluate(
        ([places, set]) => {
          const around = document.querySelector<HTMLElement>('.gallery-states');
          for (const [name, value] of Object.entries(set)) around?.style.setProperty(name, value);
          return places.map(([selector, property]) => {
            const [element] = document.querySelectorAll(selector);
            return `${selector}: ${element && getComputedStyle(element).getPropertyValue(property)}`;
          });
        },
        [accented, tokens] as const,
      );
    const own = await coloursUnder({});
    expect(own.filter((colour) => colour.endsWith('undefined'))).toEqual([]);
    const under = await coloursUnder({ '--uk-accent': 'rgb(120, 20, 110)' });
    expect(under.filter((colour, place) => colour === own[place])).toEqual([]);
    const finer = accented.flatMap(([, , token]) => (token ? [[token, 'rgb(1, 2, 3)'] as const] : []));
    const each = await coloursUnder(Object.fromEntries(finer));
    expect(each).toEqual(
      accented.map(([selector, , token], place) => (token ? `${selector}: rgb(1, 2, 3)` : under[place])),
    );
  });

  it("F10: keeps its own elements in a widget's slot as its sheet has them", async () => {
    const page = await open('widget=CreditBalance&state=ready');
    await page.addStyleTag({ content: 'span { color: rgb(1, 2, 3); } button { padding: 17px; }' });
    const own = await page.$eval('.uk-card', (card) => {
      const span = card.appendChild(document.createElement('span'));
      const button = card.appendChild(document.createElement('button'));
      return [getComputedStyle(span).color, getComputedStyle(button).paddingTop];
    });
    expect(own).toEqual(['rgb(1, 2, 3)', '17px']);
  });
});

describe('the floor beneath the widgets', () => {
  it.each([
    ['320', 'ltr'],
    ['480', 'ltr'],
    ['720', 'rtl'],
    ['1040', 'ltr'],
  ])('F10: changes nothing on a plain page at %s px, %s', async (width, direction) => {
    const page = await open(`width=${width}&dir=${direction}`);
    await untilDrawn(page);
    await installMeasure(page, { keepWidth: true });
    const difference = await page.evaluate(() => {
      // The weight and the floor are there against hosts; without a host the look must not need them.
      const kit = [...document.styleSheets].find(({ cssRules }) =>
        [...cssRules].some(({ cssText }) => cssText.includes('.uk-card')),
      );
      const text = [...(kit?.cssRules ?? [])].map(({ cssText }) => cssText).join('\n');
      const style = document.createElement('style');
      style.textContent = text
        .replaceAll(/all: revert(-layer)?;/g, '')
        .replaceAll(':not(a b i p q s u em)', ':not(i)');
      if (kit) kit.disabled = true;
      document.head.prepend(style);
      return (window as unknown as { difference(): Difference }).difference();
    });
    expect(difference.examples).toEqual([]);
    expect(difference.properties).toBe(0);
  });
});
