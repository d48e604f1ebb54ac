import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../support/launch-chromium.ts';
import { serveGallery } from '../support/serve-gallery.ts';
import type { ServedPage } from '../support/serve-page.ts';
import { untilDrawn } from './host-css/measure-styles.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let gallery: ServedPage;

beforeAll(async () => {
  gallery = await serveGallery();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await gallery.close();
});

/** Opens the gallery and gathers what its content policy refused and what was written to the console. */
async function open(query: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${gallery.url}?bare&${query}`);
  await page.waitForSelector('.uk-root');
  return {
    page,
    complaints: () => complaints.filter((text) => !text.includes('favicon') && !text.includes('404')),
  };
}

/** What a screen reader is told of a widget on its main path, line by line; other lines may stand between these. */
const scripts: [widget: string, state: string, lines: string[]][] = [
  [
    'CreditBalance',
    'ready',
    [
      'region "Credits"',
      'heading "Credits" [level=2]',
      'paragraph: Available',
      'paragraph: 2,012.5 credits',
      'button "120 credits held for running tasks"',
      'button "Buy credits"',
      'list "In the order they are used"',
      'listitem: Pro plan Until December 1 412.5',
      'heading "Recent activity" [level=3]',
      'button "Research agent: competitor scan"',
      'text: Spent ·',
    ],
  ],
  [
    'UsagePanel',
    'ready',
    [
      'region "Usage"',
      'switch "Show $"',
      'paragraph: You have used 58% of the AI budget.',
      'meter "AI budget"',
      'text: 62% Resets December 1',
      'paragraph: Used 58% Held 4%',
      'list "By category"',
      'listitem: Agent Advanced Reasoning 41.2%',
      'heading "Core limits" [level=3]',
      'text: Contacts 8,214 / 10,000',
      'meter "Contacts"',
      'paragraph: Stops at 11,000 Nearing the limit',
      'heading "My usage" [level=2]',
    ],
  ],
  [
    'UsageHistory',
    'by day',
    [
      'region "History"',
      'switch "As table"',
      'button "Export"',
      'combobox "Metric"',
      'figure "Credits spent 1,383.48 credits',
      'Credits spent by day, Nov 1 – Nov 22, 2026: 1,383.48 credits in all, most on November 13: 187.34 credits',
    ],
  ],
  [
    'PlanCard',
    'active',
    [
      'region "Plan"',
      'heading "Pro" [level=2]',
      'paragraph: $49 a month · Renews on December 1',
      'text: Active Credits 1,587.5 / 2,000',
      'meter "Credits"',
      'link "Upgrade"',
    ],
  ],
  [
    'PlanComparison',
    'on a paid plan',
    [
      'group "Billing interval"',
      'button "Monthly" [pressed]',
      'heading "Free" [level=3]',
      'button "Choose Free"',
      'heading "Pro" [level=3]',
      'text: Your plan',
      'button "Choose Scale"',
    ],
  ],
  [
    'TaskTable',
    'ready',
    [
      'region "Tasks"',
      'status: 24 tasks',
      'group "Status"',
      'button "All" [pressed]',
      'searchbox "Search tasks"',
      'combobox "Agent"',
      'region "List of tasks"',
      'columnheader "Task"',
      'columnheader "Started"',
      'button "Quarterly report"',
      'cell "Completed"',
    ],
  ],
  [
    'WhyBlocked',
    'credits',
    [
      'region "Why is my work blocked?"',
      'heading "Out of credits" [level=3]',
      'paragraph: Another run like the latest needs 12.6 credits, with 3.5 credits available.',
      'link "Buy credits"',
      'heading "What was looked at" [level=3]',
    ],
  ],
  [
    'Invoices',
    'past due',
    [
      'region "Invoices"',
      'paragraph: INV-4',
      'text: Past due $111.00',
      'button "Download INV-4 as PDF"',
      'button "Pay $111.00"',
      'text: Credited −$11.00',
    ],
  ],
  ['PurchaseDialog', 'in its dialog', ['button "Buy credits"']],
];

describe('every widget in every state, in a real browser', () => {
  it('F10: draws everything under a content policy that lets no inline style or script through', async () => {
    const { page, complaints } = await open('width=720');
    await untilDrawn(page);
    expect(complaints()).toEqual([]);
    const widths = await page.$$eval('.uk-bar-used', (bars) =>
      bars.map((bar) => bar.getBoundingClientRect().width),
    );
    expect(widths.some((width) => width > 100)).toBe(true);
  });

  it.each([
    ['light', '320'],
    ['dark', '1040'],
  ])('has text that can be read, and nothing that axe finds, in %s at %s px', async (theme, width) => {
    const { page } = await open(`theme=${theme}&width=${width}`);
    await untilDrawn(page);
    await page.evaluate(axeSource);
    const violations = await page.evaluate(async () => {
      // Many widgets of one kind stand on this page, which no host's page would have.
      const rules = {
        'landmark-unique': { enabled: false },
        'heading-order': { enabled: false },
        region: { enabled: false },
      };
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const found = await axe.run('.gallery-states', { rules });
      return found.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
    });
    expect(violations).toEqual([]);
  });

  it.each([
    ['en', 'ltr'],
    ['en', 'rtl'],
    ['de-DE', 'ltr'],
    ['ja-JP', 'ltr'],
    ['ar-EG', 'rtl'],
  ])(
    'F10: fits into 320 px, as at a zoom of 400%, without scrolling sideways, in %s, %s',
    async (locale, direction) => {
      // What a window of 1280 to 1024 pixels has left at this zoom.
      const viewport = { width: 320, height: 256 };
      const { page } = await open(`width=320&dir=${direction}&locale=${locale}`, { viewport });
      await untilDrawn(page);
      const wide = await page.$$eval('.gallery-state', (places) =>
        places
          .filter((place) => place.scrollWidth > place.clientWidth + 1)
          .map((place) => place.textContent?.slice(0, 60)),
      );
      expect(wide).toEqual([]);
      // What sticks out where a line begins makes nothing scroll.
      const cut = await page.$$eval(
        '.gallery-state :is(.uk-button, .uk-pill, .uk-text, .uk-caption)',
        (all) =>
          all
            .filter((each) => each.closest('.uk-scroll, .uk-costs-scroll, .uk-task-region') === null)
            .filter((each) => {
              const { left, right, width } = each.getBoundingClientRect();
              return width > 1 && (left < -1 || right > 321);
            })
            .map((each) => each.textContent),
      );
      expect(cut).toEqual([]);
      const unseen = await page.$$eval('.uk-segment[aria-pressed="true"]', (all) =>
        all
          .filter((each) => {
            const row = each.parentElement?.getBoundingClientRect();
            const { left, right } = each.getBoundingClientRect();
            return row !== undefined && (left < row.left - 1 || right > row.right + 1);
          })
          .map((each) => each.textContent),
      );
      expect(unseen).toEqual([]);
    },
  );

  it.each(['ltr', 'rtl'])(
    'F10: has the chosen segment in sight wherever on a page the widget stands, %s',
    async (dir) => {
      const { page } = await open(`widget=TaskTable&state=ready&width=320&dir=${dir}`);
      await page.$eval('.gallery-states', (states) => {
        (states as HTMLElement).style.paddingInline = '560px 220px';
      });
      for (const name of ['Cancelled', 'All', 'Failed']) {
        await page.getByRole('button', { name, exact: true }).first().click();
        const outside = await page.$eval('.uk-segment[aria-pressed="true"]', (chosen) => {
          const row = chosen.parentElement?.getBoundingClientRect();
          const { left, right } = chosen.getBoundingClientRect();
          return row === undefined || left < row.left - 1 || right > row.right + 1;
        });
        expect([name, outside]).toEqual([name, false]);
      }
    },
  );

  it('F10: grows bars from the right where text runs from the right', async () => {
    const { page } = await open('widget=UsagePanel&state=ready&dir=rtl&width=720');
    const [bar, used] = await page.$eval('.uk-budget .uk-bar', (element) =>
      [element, element.querySelector('.uk-bar-used')].map(
        (each) => each?.getBoundingClientRect().right ?? 0,
      ),
    );
    expect(Math.abs((bar ?? 0) - (used ?? 1_000))).toBeLessThan(1);
  });

  it('F10: keeps signs, currencies and units in their place next to a figure where text runs from the right', async () => {
    const { page } = await open('dir=rtl&width=720');
    await untilDrawn(page);
    const { turned, looked } = await page.evaluate(() => {
      const leftOf = (node: Node, at: number) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getClientRects()[0]?.left;
      };
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const turned: string[] = [];
      let looked = 0;
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const text = node.nodeValue ?? '';
        if (node.parentElement?.closest('svg, .gallery-name')) continue;
        // A sign or currency before its digits, and digits before their sign of percentage; a hyphen in a name is no sign.
        for (const { index } of text.matchAll(/(?<![\p{L}\d])[+−$-](?=\d)|\d(?=%)/gu)) {
          const [first, second] = [leftOf(node, index), leftOf(node, index + 1)];
          if (first === undefined || second === undefined) continue;
          looked += 1;
          if (first >= second) turned.push(text);
        }
      }
      return { turned, looked };
    });
    expect(looked).toBeGreaterThan(200);
    expect(turned).toEqual([]);
  });

  it('F10: ends the figures of grants where their rows end, where text runs from the right too', async () => {
    for (const direction of ['ltr', 'rtl']) {
      const { page } = await open(`widget=CreditBalance&state=ready&dir=${direction}&width=320`);
      const gaps = await page.$$eval('.uk-grant', (rows) =>
        rows.map((row) => {
          const figure = document.createRange();
          figure.selectNodeContents(row.querySelector('.uk-end') ?? row);
          const [of, within] = [figure.getBoundingClientRect(), row.getBoundingClientRect()];
          const isRtl = getComputedStyle(row).direction === 'rtl';
          return Math.round(isRtl ? of.left - within.left : within.right - of.right);
        }),
      );
      expect(gaps.length).toBeGreaterThan(1);
      expect(gaps.filter((gap) => gap !== 0)).toEqual([]);
    }
  });

  it('F10: keeps bars readable under forced colours', async () => {
    const { page } = await open('widget=UsagePanel&state=over&width=720', { forcedColors: 'active' });
    const [outline, fill, track] = await page.$eval('.uk-budget .uk-bar', (bar) => {
      const used = bar.querySelector('.uk-bar-used');
      return [
        getComputedStyle(bar).outlineStyle,
        used && getComputedStyle(used).fill,
        getComputedStyle(bar).backgroundColor,
      ];
    });
    expect(outline).toBe('solid');
    expect(fill).not.toBe(track);
  });

  it('F10: shows under forced colours what is off, and what a dot in a legend is of', async () => {
    const { page } = await open('widget=AutoTopUp&state=form%2C%20off&width=720', { forcedColors: 'active' });
    const track = await page.$eval('.uk-switch-track', (element) => {
      const { borderTopStyle, borderTopWidth } = getComputedStyle(element);
      return [borderTopStyle, borderTopWidth];
    });
    expect(track).toEqual(['solid', '1px']);
    const balance = await open('widget=CreditBalance&state=ready&width=720', { forcedColors: 'active' });
    const dots = await balance.page.$$eval('.uk-dot', (all) =>
      all.map((dot) => getComputedStyle(dot).backgroundColor),
    );
    expect(new Set(dots).size).toBeGreaterThan(1);
  });

  it('F10: ends buttons whose edge forced colours show where their row ends', async () => {
    const { page } = await open('width=720', { forcedColors: 'active' });
    await untilDrawn(page);
    const beyond = await page.$$eval('.uk-head, .uk-setting, .uk-invoice, .uk-actions', (rows) =>
      rows.flatMap((row) => {
        const { left, right } = row.getBoundingClientRect();
        return [...row.querySelectorAll('.uk-button')]
          .filter((button) => {
            const box = button.getBoundingClientRect();
            return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
          })
          .map((button) => button.textContent);
      }),
    );
    expect(beyond).toEqual([]);
  });

  it.each(['ltr', 'rtl'])(
    'F10: shows that a name of the activity goes on where it is cut, %s',
    async (dir) => {
      const { page } = await open(`widget=CreditBalance&state=ready&width=320&dir=${dir}`, {
        viewport: { width: 240, height: 900 },
      });
      const names = await page.$$eval('.uk-ledger-what > .uk-link', (links) =>
        links.map((link) => {
          const line = link.parentElement?.getBoundingClientRect();
          const { left = 0, right = 0 } = line ?? {};
          const box = link.getBoundingClientRect();
          const isRtl = document.documentElement.dir === 'rtl';
          return {
            isCut: link.scrollWidth > link.clientWidth,
            sign: getComputedStyle(link).textOverflow,
            isAtStart: Math.abs(isRtl ? right - box.right : box.left - left) < 1,
          };
        }),
      );
      expect(names.some(({ isCut }) => isCut)).toBe(true);
      for (const { sign, isAtStart } of names) expect([sign, isAtStart]).toEqual(['ellipsis', true]);
    },
  );

  it.each(['en', 'de-DE', 'ar-EG'])(
    'F10: ends no line within an amount or a date, nor with the dot between two facts, in %s',
    async (locale) => {
      const { page } = await open(`width=320&locale=${locale}&dir=${locale === 'ar-EG' ? 'rtl' : 'ltr'}`);
      await untilDrawn(page);
      const { lines, broken, dots } = await page.evaluate(() => {
        const topOf = (node: Node, at: number) => {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          return range.getClientRects()[0]?.top;
        };
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const broken: string[] = [];
        for (let node = texts.nextNode(); node; node = texts.nextNode()) {
          // What a person or program wrote, and what describes a control, whose text is looked up as it is.
          if (!node.parentElement?.closest('.uk-root')) continue;
          if (node.parentElement.closest('svg, [dir="auto"], .uk-found-error, .uk-model')) continue;
          const text = node.nodeValue ?? '';
          // A figure before its unit or month, and a month before its day or year.
          for (const { index } of text.matchAll(
            /(?<=\p{Nd}) (?=\p{L})|(?<=\p{Lu}\p{L}{2,}\.?) (?=\p{Nd})/gu,
          )) {
            const [before, after] = [topOf(node, index - 1), topOf(node, index + 1)];
            if (before !== undefined && after !== undefined && Math.abs(before - after) > 5)
              broken.push(text);
          }
        }
        const facts = [...document.querySelectorAll('.uk-piece-dot')].map((dot) => {
          const [fact, line] = [dot.parentElement, dot.parentElement?.parentElement];
          const before = fact?.previousElementSibling?.getBoundingClientRect();
          const isFirst =
            before === undefined || before.bottom <= (fact?.getBoundingClientRect().top ?? 0) + 1;
          const { left, right } = dot.getBoundingClientRect();
          const within = line?.getBoundingClientRect();
          const isOutside = within === undefined || right <= within.left + 1 || left >= within.right - 1;
          return { isFirst, isWrong: isFirst !== isOutside, said: line?.textContent };
        });
        return {
          lines: facts.filter(({ isFirst }) => isFirst).length,
          broken,
          dots: facts.filter(({ isWrong }) => isWrong).map(({ said }) => said),
        };
      });
      expect(broken).toEqual([]);
      expect(dots).toEqual([]);
      expect(lines).toBeGreaterThan(3);
    },
  );

  it('F10: lets the facts of a line follow each other as the page runs', async () => {
    const { page } = await open('dir=rtl&locale=ar-EG&width=1040', {
      viewport: { width: 1100, height: 900 },
    });
    const [lines, turned] = await page.$$eval('.uk-caption:has(> .uk-piece + .uk-piece)', (all) => [
      all.length,
      all
        .filter((line) => {
          const [first, second] = [...line.querySelectorAll('.uk-piece')].map((each) =>
            each.getBoundingClientRect(),
          );
          return first && second && first.top === second.top && first.left < second.right;
        })
        .map((line) => line.textContent),
    ]);
    expect(lines).toBeGreaterThan(10);
    expect(turned).toEqual([]);
  });

  it('F10: tells the open page, what waits and what does something from the rest under forced colours', async () => {
    const { page } = await open('width=720', { forcedColors: 'active' });
    const looks = await page.evaluate(() => {
      const lookOf = (selector: string, name: 'borderBottomColor' | 'color' | 'textDecorationLine') => [
        ...new Set([...document.querySelectorAll(selector)].map((each) => getComputedStyle(each)[name])),
      ];
      return {
        open: lookOf('.uk-billing-link[aria-current]', 'borderBottomColor'),
        others: lookOf('.uk-billing-link:not([aria-current])', 'borderBottomColor'),
        waiting: lookOf('.uk-button[aria-disabled="true"]', 'color'),
        ready: lookOf('button.uk-button:not(:disabled, [aria-disabled="true"])', 'color'),
        words: lookOf('.uk-link', 'textDecorationLine'),
      };
    });
    expect(looks.others).toEqual(['rgba(0, 0, 0, 0)']);
    expect(looks.open).not.toContain('rgba(0, 0, 0, 0)');
    expect(looks.waiting).toHaveLength(1);
    expect(looks.ready).not.toContain(looks.waiting[0]);
    expect(looks.words).toEqual(['underline']);
  });

  it('F10: keeps a pill and a button apart where forced colours show their edges', async () => {
    const { page } = await open('widget=AutoTopUp&width=320', { forcedColors: 'active' });
    const touching = await page.$$eval(
      '.uk-card',
      (cards) =>
        cards.filter((card) => {
          const pill = card.querySelector('.uk-pill')?.getBoundingClientRect();
          const button = card.querySelector('.uk-top-up-line > .uk-button')?.getBoundingClientRect();
          return pill && button && button.top < pill.bottom + 1;
        }).length,
    );
    expect(touching).toBe(0);
  });

  it.each([320, 1040])('F10: gives the line under a title all of the width, at %i px', async (width) => {
    const { page } = await open(`width=${width}`);
    const [heads, squeezed] = await page.$$eval('.uk-head:has(> .uk-head-side)', (all) => {
      const captions = all.flatMap((head) => [...head.querySelectorAll('.uk-head-text > .uk-caption')]);
      const widthOf = (element: Element | null) => element?.getBoundingClientRect().width ?? 0;
      return [
        captions.length,
        captions
          .filter((caption) => widthOf(caption) < widthOf(caption.closest('.uk-head')) - 1)
          .map((caption) => caption.textContent),
      ];
    });
    expect(heads).toBeGreaterThan(10);
    expect(squeezed).toEqual([]);
  });

  it.each(['en', 'de-DE', 'ar-EG'])(
    'F10: lets the button of a setting stand on the line of its name in every row of a phone, in %s',
    async (locale) => {
      const { page } = await open(`width=320&locale=${locale}`, { hasTouch: true, isMobile: true });
      const [buttons, beneath] = await page.$$eval('.uk-settings .uk-setting', (rows) => {
        const all = rows.flatMap((row) => [...row.querySelectorAll('.uk-setting-side > .uk-button')]);
        return [
          all.length,
          all
            .filter((button) => {
              const what = button.closest('.uk-setting')?.querySelector('.uk-setting-what');
              return button.getBoundingClientRect().top >= (what?.getBoundingClientRect().bottom ?? 0);
            })
            .map((button) => button.textContent),
        ];
      });
      expect(buttons).toBeGreaterThan(10);
      expect(beneath).toEqual([]);
    },
  );

  it('F10: gives a finger 44 px for everything that does something', async () => {
    const { page } = await open('width=320', { hasTouch: true, isMobile: true });
    const small = await page.$$eval(
      '.uk-root :is(.uk-button, .uk-segment, .uk-select, .uk-input, .uk-switch, .uk-billing-link, .uk-legend-toggle, .uk-task-sort)',
      (all) =>
        all
          .filter(
            (each) => each.getBoundingClientRect().height > 0 && each.getBoundingClientRect().height < 43.5,
          )
          .map((each) => `${each.className}: ${each.getBoundingClientRect().height}`),
    );
    expect(small).toEqual([]);
    // A box is ticked by its label too.
    const smallBoxes = await page.$$eval('.uk-root .uk-check', (boxes) =>
      boxes
        .map((box) => (box.closest('label') ?? box).getBoundingClientRect())
        .filter(({ width, height }) => width < 43.5 || height < 43.5)
        .map(({ width, height }) => `${width} x ${height}`),
    );
    expect(smallBoxes).toEqual([]);
  });

  it('F10: lets a finger read a chart, which scrolls the page up and down as before, and a tap elsewhere ends it', async () => {
    const { page } = await open(`widget=UsageHistory&state=${encodeURIComponent('by day')}&width=320`, {
      hasTouch: true,
      isMobile: true,
      viewport: { width: 360, height: 420 },
    });
    const chart = page.locator('.uk-chart > .recharts-surface').first();
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    if (!box) throw new Error('The chart is drawn.');
    const tip = page.locator('.uk-tooltip');
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + x, y: box.y + y }],
      });
    const scrolled = () => page.evaluate(() => Math.round(scrollY));
    const before = await scrolled();
    await touch('touchStart', 80, 60);
    const first = await tip.textContent();
    for (let x = 90; x <= 200; x += 10) await touch('touchMove', x, 60);
    await touch('touchEnd');
    await expect.poll(() => tip.textContent()).not.toBe(first);
    expect(await tip.count()).toBe(1);
    expect(await scrolled()).toBe(before);
    await page.locator('.uk-title').first().tap();
    await expect.poll(() => tip.count()).toBe(0);
    const from = await scrolled();
    const { y = 0 } = (await chart.boundingBox()) ?? {};
    for (const [type, at] of [
      ['touchStart', 150],
      ['touchMove', 130],
      ['touchMove', 90],
      ['touchMove', 50],
      ['touchMove', 10],
    ] as const)
      await touch(type, 100, y - box.y + at);
    await touch('touchEnd');
    await expect.poll(scrolled).not.toBe(from);
  });

  it('F10: closes the words at a cursor by Escape, and the dialog around the chart by the next', async () => {
    const { page } = await open(`widget=UsageHistory&state=${encodeURIComponent('by day')}&width=720`);
    await page.waitForSelector('.uk-chart > .recharts-surface');
    await page.evaluate(() => {
      const card = document.querySelector('.uk-root');
      const dialog = document.createElement('dialog');
      card?.replaceWith(dialog);
      if (card) dialog.append(card);
      dialog.showModal();
    });
    const shown = () =>
      page.evaluate(() => [
        document.querySelectorAll('.uk-tooltip').length,
        document.querySelectorAll('dialog[open]').length,
      ]);
    await page.locator('.uk-chart > .recharts-surface').focus();
    await page.keyboard.press('ArrowRight');
    expect(await shown()).toEqual([1, 1]);
    await page.keyboard.press('Escape');
    expect(await shown()).toEqual([0, 1]);
    await page.getByRole('button', { name: 'Export' }).click();
    const list = () => page.locator('.uk-menu-list').count();
    expect(await list()).toBe(1);
    await page.keyboard.press('Escape');
    expect([await list(), ...(await shown())]).toEqual([0, 0, 1]);
    await page.keyboard.press('Escape');
    await expect.poll(shown).toEqual([0, 0]);
  });

  it.each(['en', 'de-DE', 'ar-EG', 'ja-JP'])(
    'F10: cuts no status and no held amount of a task, in %s',
    async (locale) => {
      for (const width of [320, 480, 720]) {
        const { page } = await open(`widget=TaskTable&width=${width}&locale=${locale}`);
        // It comes with the part for tasks that run.
        await page.locator('.uk-task-held').first().waitFor();
        const [texts, cut] = await page.$$eval('.uk-task-cell.uk-task-cell-status, .uk-task-held', (all) => {
          const shown = all.filter(({ clientWidth }) => clientWidth > 0);
          const tooLong = shown.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
          return [shown.length, tooLong.map(({ textContent }) => textContent)];
        });
        expect(texts).toBeGreaterThan(3);
        expect(cut).toEqual([]);
      }
    },
  );

  it('F10: leaves the names of tasks room where a host sets its text large', async () => {
    const { page } = await open('widget=TaskTable&state=ready&width=720');
    await page.$eval('.gallery-states', (states) => {
      (states as HTMLElement).style.setProperty('--uk-font-size', '20px');
    });
    const names = await page.$$eval('.uk-task-open', (all) =>
      all.map((name) => ({
        room: name.closest('th, td')?.clientWidth ?? 0,
        textPx: Number.parseFloat(getComputedStyle(name).fontSize),
        linePx: Number.parseFloat(getComputedStyle(name).lineHeight),
      })),
    );
    expect(names.length).toBeGreaterThan(5);
    for (const { room, textPx, linePx } of names) {
      expect(textPx).toBe(20);
      expect(room).toBeGreaterThan(12 * textPx);
      // Less would cut what hangs below the line.
      expect(linePx).toBeGreaterThan(1.2 * textPx);
    }
  });

  it('F10: keeps the name of a meter whole in writing without spaces, which could break at every sign', async () => {
    for (const width of [320, 560, 720]) {
      const { page } = await open(`widget=UsagePanel&state=ready&width=${width}`);
      const lines = await page.$$eval('.uk-meter-name', (names) =>
        names.map((name) => {
          const words = [...name.childNodes].find((node) => node instanceof Text) ?? name.firstElementChild;
          if (words) words.textContent = 'ダイジェストメールの送信数';
          const range = document.createRange();
          if (words) range.selectNodeContents(words);
          return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
        }),
      );
      expect(lines.length).toBeGreaterThan(3);
      expect(new Set(lines)).toEqual(new Set([1]));
    }
  });

  it('F10: moves nothing for those who asked for less motion', async () => {
    const { page } = await open('width=720', { reducedMotion: 'reduce' });
    await untilDrawn(page);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  it('F10: follows the colour scheme of what it stands in', async () => {
    const surface = async (theme: string) => {
      const { page } = await open(`widget=PlanCard&state=active&theme=${theme}`);
      return page.$eval('.uk-card', (card) => getComputedStyle(card).backgroundColor);
    };
    expect(await surface('light')).toBe('rgb(255, 255, 255)');
    expect(await surface('dark')).toBe('rgb(18, 18, 18)');
  });

  it('opens a task by keyboard, keeps the focus in its drawer, and gives it back', async () => {
    const { page } = await open('widget=TaskTable&state=ready&width=720');
    const first = page.locator('.uk-task-open').first();
    await first.focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.uk-task') ?? null)).toBeNull();
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog[open]', { state: 'detached' });
    expect(await first.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('F10: rings what opened a drawer only for those who came or went by keyboard, and never a whole widget', async () => {
    const { page } = await open('widget=TaskTable&state=ready&width=720');
    const first = page.locator('.uk-task-open').first();
    const closeBy = async (...keys: string[]) => {
      await page.waitForSelector('dialog[open]');
      for (const key of keys) await page.keyboard.press(key);
      await page.waitForSelector('dialog[open]', { state: 'detached' });
      return first.evaluate((button) => [
        button === document.activeElement,
        getComputedStyle(button).outlineStyle !== 'none',
      ]);
    };
    await first.click();
    expect(await closeBy('Escape')).toEqual([true, false]);
    await first.click();
    expect(await closeBy('Tab', 'Escape')).toEqual([true, true]);
    await page.keyboard.press('Enter');
    expect(await closeBy('Escape')).toEqual([true, true]);
    const ringOfWidget = await page.$eval('.uk-root', (root) => {
      (root as HTMLElement).tabIndex = -1;
      (root as HTMLElement).focus();
      return [root.matches(':focus-visible'), getComputedStyle(root).outlineStyle];
    });
    expect(ringOfWidget).toEqual([true, 'none']);
  });

  it('F10: tells a screen reader names, figures with their words, and what can be done, on each main path', async () => {
    const only = scripts.map(([widget, state]) => `${widget}, ${state}`).join(';');
    const { page } = await open(`width=720&only=${encodeURIComponent(only)}`, { timezoneId: 'UTC' });
    await page.waitForSelector('.recharts-surface');
    const stateOf = (name: string) =>
      page.locator('.gallery-state').filter({ has: page.getByText(name, { exact: true }) });
    /** The lines that the browser's tree does not have in this order. */
    const missing = async (region: Locator, lines: string[]) => {
      const tree = await region.ariaSnapshot();
      let from = 0;
      return lines.filter((line) => {
        const at = tree.indexOf(line, from);
        if (at >= 0) from = at + line.length;
        return at < 0;
      });
    };
    for (const [widget, state, lines] of scripts) {
      const region = stateOf(`${widget}, ${state}`);
      // Some of its parts come a moment after the others.
      await expect.poll(() => missing(region, lines), { timeout: 60_000, message: widget }).toEqual([]);
    }

    const panel = stateOf('UsagePanel, ready');
    await panel.getByRole('switch').click();
    const inMoney = [
      'switch "Show $" [checked]',
      'You have used $232.00 of $400.00.',
      'Used $232.00 Held $16.00',
    ];
    expect(await missing(panel, inMoney)).toEqual([]);

    const opened = page.locator('dialog[open]');
    await stateOf('TaskTable, ready').getByRole('button', { name: 'Quarterly report' }).first().click();
    await opened.getByRole('table').first().waitFor();
    const task = [
      'dialog "Quarterly report"',
      'paragraph: Completed',
      'heading "Result" [level=3]',
      'columnheader "What it cost"',
      'rowheader "Total credits"',
      'cell "12.604125"',
      'term: Started',
      'button "Copy ID"',
    ];
    expect(await missing(opened, task)).toEqual([]);
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });

    await stateOf('PurchaseDialog, in its dialog').getByRole('button', { name: 'Buy credits' }).click();
    await opened.getByRole('radio').last().click();
    const purchase = [
      'dialog "Buy credits"',
      'radiogroup "Credit pack"',
      'radio "20,000 credits +4,000 bonus $149.50 $0.62 per 100 credits" [checked]',
      'term: Available afterwards',
      'definition: 24,380',
      'button "Change payment method"',
      'button "Buy 20,000 credits for $149.50"',
    ];
    expect(await missing(opened, purchase)).toEqual([]);
  });
});

describe('on a phone', () => {
  const phone: BrowserContextOptions = {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  };
  const onScreen = async (shown: Locator) => {
    await shown.waitFor();
    return shown.evaluate((element) => {
      const { left, right } = element.getBoundingClientRect();
      return { left: left >= 0, right: right <= innerWidth, cut: element.scrollWidth > element.clientWidth };
    });
  };
  const whole = { left: true, right: true, cut: false };

  it('F10: a menu opens on the screen', async () => {
    const { page } = await open(`width=320&only=${encodeURIComponent('TaskTable, ready')}`, phone);
    await page.getByRole('button', { name: 'Columns' }).tap();
    expect(await onScreen(page.locator('.uk-menu-list'))).toEqual(whole);
  });

  it('F10: a dialog reads as elsewhere where what opens it keeps to one line', async () => {
    const { page } = await open(
      `width=320&only=${encodeURIComponent('UsagePanel, with limits and alerts to set')}`,
      phone,
    );
    await page
      .locator('.uk-meter-tools')
      .first()
      .evaluate((tools) => {
        const dialog = tools.appendChild(document.createElement('dialog'));
        dialog.className = 'uk-dialog';
        const line = dialog.appendChild(document.createElement('p'));
        line.className = 'uk-caption';
        line.textContent = 'Each alert is sent once a cycle, and comes again in the next one.';
        dialog.showModal();
      });
    expect(await onScreen(page.locator('dialog[open]'))).toEqual(whole);
  });
});
