import type { CreditUnit, LineItem, ShownUnit } from '@usagekit/server/contract';
import { sumDecimals } from '../../../derive/decimal.ts';
import type { Format } from '../../../format/create-format.ts';
import { exactColumnDecimals } from '../../../format/exact-column-decimals.ts';
import type { Messages } from '../../../messages/messages.ts';

export interface LineItemsProps {
  /** What was charged, a line each. */
  lineItems: LineItem[];
  /** The unit of the amounts. */
  unit: CreditUnit | ShownUnit;
  /** Writes figures and dates as the reader's language does. */
  format: Format;
  /** The texts of the widget. */
  messages: Messages['taskDetails'];
}

/**
 * A charge line by line, every digit shown, over a sum that is added up from the lines themselves. Renders a `table`.
 * Reads nothing.
 */
export function LineItems({ lineItems, unit, format, messages }: LineItemsProps) {
  const amounts = lineItems.map(({ amount }) => amount);
  const total = sumDecimals(amounts);
  const decimals = exactColumnDecimals([...amounts, total]);
  const exact = (amount: string) => format.figure(amount, unit, decimals).exact;
  return (
    <table className="uk-lines">
      <thead className="uk-lines-part">
        <tr className="uk-lines-row">
          <th className="uk-lines-head" scope="col">
            {messages.lineItems}
          </th>
          {lineItems.length > 0 && (
            <>
              <th className="uk-lines-head uk-end" scope="col">
                {messages.quantity}
              </th>
              <th className="uk-lines-head uk-end" scope="col">
                {messages.amount}
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody className="uk-lines-part">
        {lineItems.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and never change their order
          <tr key={place} className="uk-lines-row">
            <td className="uk-lines-cell">
              <span dir="auto" className="uk-lines-label">
                {line.label ?? messages.lineItem[line.kind]}
              </span>
              <span className="uk-caption">
                {messages.lineItem[line.kind]}
                {line.integration && ` · ${line.integration}`}
                {line.ownKey && ` · ${messages.ownKey}`}
              </span>
            </td>
            <td className="uk-lines-cell uk-end uk-figures">
              <bdi className="uk-run">{format.number(line.quantity)}</bdi>{' '}
              <span className="uk-muted">{unitOf(line, messages)}</span>
            </td>
            <td className="uk-lines-cell uk-end uk-figures">
              <bdi className="uk-run">{exact(line.amount)}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot className="uk-lines-part">
        <tr className="uk-lines-row uk-lines-total">
          <th className="uk-lines-cell" scope="row" colSpan={2}>
            {messages.total(format.unit(total, unit))}
          </th>
          <td className="uk-lines-cell uk-end uk-figures">
            <bdi className="uk-run">{exact(total)}</bdi>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** The catalog's word for what is counted, or the kit's where it has none. */
function unitOf({ of, unit, quantity }: LineItem, { units, oneUnit }: Messages['taskDetails']): string {
  if (of === undefined) return unit;
  const words: Partial<Record<typeof of, string>> = Number(quantity) === 1 ? oneUnit : units;
  return words[of] ?? units[of];
}
