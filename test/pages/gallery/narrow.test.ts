import { describe, expect, it } from 'vitest';
import { untilDrawn } from '../host-css/measure-styles.ts';
import { prepareGallery } from './prepare-gallery.ts';

const open = prepareGallery();

describe('every state where there is little room', () => {
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
});
