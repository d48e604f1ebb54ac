import type { MetricHistory } from '@usagekit/server/contract';
import { columnDecimals } from '../../../format/column-decimals.ts';
import type { Format } from '../../../format/create-format.ts';
import type { Messages } from '../../../messages/messages.ts';
import { Amount } from '../../parts/words/amount.tsx';

export interface MonthTableProps {
  metrics: MetricHistory[];
  months: string[];
  /** In the history's time zone. */
  format: Format;
  messages: Messages['chart'];
}

/** Metrics by month, the last one under way. Renders a `table` that scrolls sideways where it does not fit. Reads nothing. */
export function MonthTable({ metrics, months, format, messages }: MonthTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="uk-scroll uk-month-table" tabIndex={0} aria-label={messages.months}>
      <table className="uk-breakdown">
        <thead className="uk-breakdown-part">
          <tr className="uk-breakdown-row">
            <th className="uk-lines-head" scope="col">
              {messages.metric}
            </th>
            {months.map((month) => (
              <th key={month} className="uk-lines-head uk-end" scope="col">
                <bdi className="uk-run">{format.month(month)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="uk-breakdown-part">
          {metrics.map(({ metric, label, values }) => {
            // Metrics have units of their own; months of one are compared.
            const decimals = columnDecimals(values);
            return (
              <tr key={metric} className="uk-breakdown-row">
                <th className="uk-lines-cell" scope="row">
                  {label}
                </th>
                {months.map((month, place) => (
                  <td key={month} className="uk-lines-cell uk-end">
                    <Amount value={format.figure(values[place] ?? '0', '', decimals)} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
