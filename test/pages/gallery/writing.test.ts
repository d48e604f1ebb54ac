import { describe, expect, it } from 'vitest';
import { untilDrawn } from '../host-css/measure-styles.ts';
import { prepareGallery } from './prepare-gallery.ts';

const open = prepareGallery();

describe('figures and lines, whichever way the text runs', () => {
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
});
