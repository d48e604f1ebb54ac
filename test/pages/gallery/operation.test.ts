import type { BrowserContextOptions, Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { prepareGallery } from './prepare-gallery.ts';

const open = prepareGallery();

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

describe('by keyboard, finger and screen reader', () => {
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
