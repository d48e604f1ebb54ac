import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { states } from '../../../../sdk/gallery/states.tsx';
import { ar } from '../../../../sdk/src/messages/languages/ar.ts';
import { de } from '../../../../sdk/src/messages/languages/de.ts';
import type { MessageOverrides } from '../../../../sdk/src/messages/messages.ts';
import { UsageKitContext } from '../../../../sdk/src/provider/context.ts';

/** Amounts that stand beneath each other: the rows of a list, and the figure in each. */
const lists = [
  '.uk-grant-list > li .uk-figures',
  '.uk-ledger .uk-ledger-amount',
  '.uk-categories .uk-category-share',
  '.uk-sum:not(.uk-cost-sums) dd',
  '.uk-packs .uk-pack-cost .uk-strong',
  '.uk-plan-options .uk-plan-option-figure',
  '.uk-shares .uk-setting-value .uk-strong',
];

/** Lists of amounts in the element, each as the texts of its rows. */
function columnsOf(root: Element): string[][] {
  const texts = (elements: Iterable<Element>) => [...elements].map(({ textContent }) => textContent ?? '');
  const columns = lists.flatMap((selector) => {
    const [list = ''] = selector.split(' ');
    const [, ...within] = selector.split(' ');
    return [...root.querySelectorAll(list)].map((each) =>
      texts(each.querySelectorAll(within.filter((part) => part !== '>').join(' '))),
    );
  });
  for (const table of root.querySelectorAll('table')) {
    const isByRow = table.closest('.uk-month-table') !== null;
    const rows = [...table.rows].filter((row) => row.closest('thead') === null);
    const cells = rows.map((row) =>
      [...row.cells].map(
        (cell) => texts(cell.querySelectorAll('.uk-figures:not(.uk-muted), .uk-figures > .uk-run'))[0] ?? '',
      ),
    );
    if (isByRow) columns.push(...cells);
    else for (const place of cells[0]?.keys() ?? []) columns.push(cells.map((row) => row[place] ?? ''));
  }
  return columns;
}

/**
 * The decimals of the first amount of a text; undefined where it has none, or a short form such as 1.2M, or a share of all, or so
 * little that two decimals would show nothing of it.
 */
function decimalsIn(text: string, separator: string): number | undefined {
  const [figure] = /[\p{Nd}][\p{Nd}.,٫٬]*/u.exec(text) ?? [];
  if (figure === undefined || /%|٪|[MBK]\b|مليون|Mio/u.test(text)) return undefined;
  const [, decimals = ''] = figure.split(separator);
  return /^[0٠]$/.test(figure.split(separator)[0] ?? '') && /^[0٠]{2}.*[^0٠]/.test(decimals)
    ? undefined
    : decimals.length;
}

const shown = (locale: string, messages: MessageOverrides, element: React.ReactElement) =>
  render(
    <UsageKitContext
      value={{
        client: undefined,
        session: null,
        locale,
        timeZone: 'UTC',
        messages,
        portalContainer: undefined,
      }}
    >
      {element}
    </UsageKitContext>,
  ).container;

describe.each([
  ['en', {}, '.'],
  ['de-DE', de, ','],
  ['ar-EG', ar, '٫'],
] as const)('lists and tables in %s', (locale, messages, separator) => {
  it('F10: have as many decimals in each amount of a column', () => {
    const mixed: string[] = [];
    let seen = 0;
    for (const { widget, state, element } of states) {
      const root = shown(locale, messages, element);
      for (const column of columnsOf(root)) {
        const decimals = column
          .map((text) => decimalsIn(text, separator))
          .filter((each) => each !== undefined);
        if (decimals.length > 1) seen += 1;
        if (new Set(decimals).size > 1) mixed.push(`${widget}, ${state}: ${column.join(' | ')}`);
      }
      root.remove();
    }
    expect(mixed).toEqual([]);
    expect(seen).toBeGreaterThan(60);
  });
});
