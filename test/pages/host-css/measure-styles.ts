import type { Page } from 'playwright-core';
import type { HostSheet } from './host-sheets.ts';

/** How a page under a host's sheet differs from the plain page. */
export interface Difference {
  /** Computed properties of elements that have another value, colours and lengths alike. */
  properties: number;
  /** Elements whose box is another by more than a pixel. */
  resized: number;
  /** Controls that show no ring when the keyboard reaches them. */
  ringsLost: number;
  /** The first few, for a message: `path: property a -> b`. */
  examples: string[];
}

/** What the kit takes from its host on purpose: the typeface and how it is drawn. */
const takenFromHost = [
  'font-family',
  'font-feature-settings',
  'text-rendering',
  'tab-size',
  'text-size-adjust',
  '-webkit-font-smoothing',
  '-webkit-tap-highlight-color',
];

export interface Measured {
  elements: number;
  controls: number;
}

/** Keeps the page's own frame the same, so that only what happens within the widgets is counted. */
const frame = `
  html { font-size: 16px !important; }
  body { margin: 0 !important; }
  .gallery-states { display: block !important; max-width: none !important; padding: 0 !important; font-family: sans-serif !important; }
  .gallery-state { display: block !important; box-sizing: border-box !important; margin: 0 !important; padding: 0 0 40px !important; }
  .gallery-state *, .gallery-state { font-family: sans-serif !important; }
  .gallery-name { display: none !important; }
  :is(#more-than-any-sheet, *) { transition: none !important; animation: none !important; caret-color: auto !important; }`;

const fixedWidth = '.gallery-state { width: 720px !important; max-width: none !important; }';

/**
 * Waits until everything is drawn: every later part has come, typefaces are there, and so many frames in a row change nothing, so
 * that a page which is slow under load is not measured while it grows.
 */
export async function untilDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll('.recharts-surface').length >= 5);
  // A part that is loaded may ask for the next one.
  await page.waitForLoadState('networkidle');
  await page.evaluate(async (stillFramesMin) => {
    await document.fonts.ready;
    let stillFrames = 0;
    const changes = new MutationObserver(() => {
      stillFrames = 0;
    });
    changes.observe(document.body, { attributes: true, characterData: true, childList: true, subtree: true });
    while (stillFrames < stillFramesMin) {
      await new Promise(requestAnimationFrame);
      stillFrames += 1;
    }
    changes.disconnect();
  }, 5);
}

/** Looks at the plain page, with which `differenceUnder` compares; it looks into the shadow root where there is one. */
export async function installMeasure(page: Page, { keepWidth = false } = {}): Promise<void> {
  await page.evaluate(
    async ([taken, css]) => {
      const shadow = document.querySelector('#shadow-host')?.shadowRoot;
      const scope = shadow ?? document;
      const style = document.createElement('style');
      style.textContent = css;
      (shadow ?? document.head).append(style);
      // Charts follow their width a frame later.
      for (let frames = 0; frames < 10; frames += 1) await new Promise(requestAnimationFrame);
      const properties = [...getComputedStyle(document.body)].filter((name) => !taken.includes(name));
      const kind = (element: Element | null, depth: number): string =>
        element === null || depth === 0
          ? ''
          : `${kind(element.parentElement, depth - 1)} ${element.localName}${[...element.attributes]
              .filter(({ name }) =>
                /^(class|role|type|data-(?!metric|state|widget)|aria-(pressed|checked|disabled)|disabled|dir)/.test(
                  name,
                ),
              )
              .map(({ name, value }) => `[${name}=${value}]`)
              .join('')}`;
      /** One of each kind in each state of each parent; the thousands of others have the same rules. */
      const oneOfEach = <Kind extends Element>(all: Iterable<Kind>) => [
        ...new Map([...all].map((element) => [kind(element, 4), element])).values(),
      ];
      const elements = oneOfEach(scope.querySelectorAll('.uk-root, .uk-root *'));
      const controls = oneOfEach(
        scope.querySelectorAll<HTMLElement>(
          '.uk-root :is(a[href], button, input, select, summary, .uk-scroll)',
        ),
      );
      const look = () =>
        elements.map((element) => {
          const style = getComputedStyle(element);
          const { x, width, height } = element.getBoundingClientRect();
          // The style and colour of a border that is not there cannot be seen, and every reset sets them.
          const isUnseen = (name: string) => {
            const [, edge] = /^((?:border|outline|column-rule).*)-(?:style|color)$/.exec(name) ?? [];
            return edge !== undefined && style.getPropertyValue(`${edge}-width`) === '0px';
          };
          return {
            values: properties.map((name) => (isUnseen(name) ? '' : style.getPropertyValue(name))),
            box: [x, width, height],
          };
        });
      const rings = () => {
        return controls.map((control) => {
          control.focus({ focusVisible: true, preventScroll: true } as FocusOptions);
          const shows = [control, control.closest('.uk-pack, .uk-model')].some((each) => {
            if (!each) return false;
            const { outlineStyle, outlineWidth } = getComputedStyle(each);
            return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
          });
          control.blur();
          return shows;
        });
      };
      const path = (element: Element) =>
        `${element.closest('.gallery-state')?.querySelector('.gallery-name')?.textContent} <${element.localName}> .${element.getAttribute('class')}`;
      const plain = look();
      const plainRings = rings();
      Object.assign(window, {
        measured: { elements: plain.length, controls: plainRings.filter((shows) => shows).length },
        difference: (): Difference => {
          const examples: string[] = [];
          let count = 0;
          let resized = 0;
          for (const [place, { values, box }] of look().entries()) {
            const before = plain[place];
            const element = elements[place];
            if (!before || !element) continue;
            const parts: string[] = [];
            for (const [index, value] of values.entries()) {
              if (value === before.values[index]) continue;
              count += 1;
              parts.push(`${properties[index]} ${before.values[index]} -> ${value}`);
            }
            if (box.some((length, index) => Math.abs(length - (before.box[index] ?? 0)) > 1)) {
              resized += 1;
              parts.push(`box ${before.box} -> ${box}`);
            }
            if (parts.length > 0) examples.push(`${path(element)}: ${parts.slice(-4).join('; ')}`);
          }
          const ringsLost = rings().filter((shows, place) => !shows && plainRings[place]).length;
          return { properties: count, resized, ringsLost, examples: examples.slice(0, 12) };
        },
      });
    },
    [takenFromHost, keepWidth ? frame : frame + fixedWidth] as const,
  );
}

export function measuredOf(page: Page): Promise<Measured> {
  return page.evaluate(() => (window as unknown as { measured: Measured }).measured);
}

/** Puts the sheet into the page, measures, and takes it out again. */
export async function differenceUnder(page: Page, { css, isBefore = false }: HostSheet): Promise<Difference> {
  return page.evaluate(
    ([text, before]) => {
      const style = document.createElement('style');
      style.textContent = text;
      if (before) document.head.prepend(style);
      else document.head.append(style);
      const difference = (window as unknown as { difference(): Difference }).difference();
      style.remove();
      return difference;
    },
    [css, isBefore] as const,
  );
}
