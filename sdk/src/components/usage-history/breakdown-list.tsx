import type { UsageSeries } from '@usagekit/server/contract';
import { topShares } from '../../derive/top-shares.ts';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';
import { Amount } from '../parts/amount.tsx';
import { ShareBar } from '../parts/share-bar.tsx';

export interface BreakdownListProps {
  series: UsageSeries;
  /** The unit as `format.amount` takes it: the series' own, or a currency. */
  unit: Parameters<Format['amount']>[1];
  format: Format;
  messages: Messages['chart'];
}

/**
 * What each agent, project, member or the like used: the five largest, one line for the rest, and the sum. Renders a
 * `table`. Reads nothing.
 */
export function BreakdownList({ series, unit, format, messages }: BreakdownListProps) {
  const shares = topShares(series.groups, (count) => messages.rest(count, format.number(count)));
  const dimension = messages.tabs[series.groupBy ?? 'day'];
  return (
    <table className="uk-breakdown">
      <thead className="uk-breakdown-part">
        <tr className="uk-breakdown-row">
          <th className="uk-lines-head" scope="col">
            {dimension}
          </th>
          <th className="uk-lines-head uk-breakdown-share" scope="col">
            {messages.share}
          </th>
          <th className="uk-lines-head uk-end" scope="col">
            {series.label}
          </th>
        </tr>
      </thead>
      <tbody className="uk-breakdown-part">
        {shares.map((share) => (
          <tr key={share.value ?? ''} className="uk-breakdown-row">
            <th className="uk-lines-cell" scope="row">
              <span dir="auto" className={share.value === null || share.restCount ? 'uk-muted' : 'uk-run'}>
                {share.value === null ? messages.unnamed(dimension) : share.label}
              </span>
            </th>
            <td className="uk-lines-cell uk-breakdown-share">
              <div className="uk-breakdown-share-line">
                <ShareBar percent={share.percent} />
                <span className="uk-breakdown-percent uk-end uk-figures uk-muted">
                  <bdi className="uk-run">{format.percent(share.percent)}</bdi>
                </span>
              </div>
            </td>
            <td className="uk-lines-cell uk-end">
              <Amount value={format.amount(share.total, unit)} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot className="uk-breakdown-part">
        <tr className="uk-breakdown-row uk-lines-total">
          <th className="uk-lines-cell" scope="row">
            {messages.total}
          </th>
          <td className="uk-lines-cell" />
          <td className="uk-lines-cell uk-end">
            <Amount value={format.amount(series.total, unit)} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
