import { describe, expect, it } from 'vitest';
import { untilDrawn } from '../host-css/measure-styles.ts';
import { prepareGallery } from './prepare-gallery.ts';

const open = prepareGallery();

describe('what readers set in their system', () => {
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
});
