import type { UsageSeries } from '@usagekit/server/contract';
import type { Share } from '../../derive/usage/top-shares.ts';
import { columnDecimals } from '../../format/column-decimals.ts';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';
import { ShareBar } from '../parts/bars/share-bar.tsx';
import { StackSwatch } from '../parts/bars/stack-swatch.tsx';
import { FigureTable } from '../parts/figure-table.tsx';
import { Amount } from '../parts/words/amount.tsx';
import { namedShares } from './named-shares.ts';
import { OpenFigure } from './uses/open-figure.tsx';

export interface BreakdownListProps {
  /** The series whose groups are listed. */
  series: UsageSeries;
  /** The unit as `format.amount` takes it: the series' own, or a currency. */
  unit: Parameters<Format['amount']>[1];
  /** Writes figures and dates as the reader's language does. */
  format: Format;
  /** The texts of the widget. */
  messages: Messages['chart'];
  /** Where it stands beneath a chart, whose legend it is. */
  legend?: BreakdownLegend | undefined;
  /** Opens the uses behind the figure of a row, by its place. */
  onOpen?: ((place: number) => void) | undefined;
}

export interface BreakdownLegend {
  /** One a row: which of the chart colours. */
  colours: readonly number[];
  isHidden(value: string | null): boolean;
  /** Takes a part out of the drawing, or back. */
  toggle(value: string | null): void;
}

/**
 * The use of each agent, project, member or the like: the six largest, one line for the rest, and the sum. Renders a `table`.
 * Reads nothing.
 */
export function BreakdownList({ series, unit, format, messages, legend, onOpen }: BreakdownListProps) {
  const shares = namedShares(series, format, messages);
  const decimals = columnDecimals([series.total, ...shares.map(({ total }) => total)]);
  const dimension = messages.tabs[series.groupBy ?? 'day'];
  const nameOf = ({ value, label, restCount }: Share) => (
    <span dir="auto" className={value === null || restCount ? 'uk-muted' : 'uk-run'}>
      {label}
    </span>
  );
  return (
    <FigureTable
      heads={[
        { key: 'name', words: dimension },
        { key: 'share', words: messages.share, className: 'uk-breakdown-share' },
        { key: 'figure', words: series.label },
      ]}
      sumLabel={messages.total}
      sums={[null, <Amount key="sum" value={format.amount(series.total, unit, decimals)} />]}
    >
      {shares.map((share, index) => (
        <tr key={share.value ?? ''} className="uk-breakdown-row">
          <th className="uk-lines-cell" scope="row">
            {legend ? (
              <button
                type="button"
                className="uk-legend-toggle"
                aria-pressed={!legend.isHidden(share.value)}
                title={messages.toggle}
                onClick={() => legend.toggle(share.value)}
              >
                <StackSwatch colour={legend.colours[index] ?? 1} />
                {nameOf(share)}
              </button>
            ) : (
              nameOf(share)
            )}
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
            <OpenFigure
              value={format.amount(share.total, unit, decimals)}
              name={share.label}
              onOpen={onOpen && (() => onOpen(index))}
            />
          </td>
        </tr>
      ))}
    </FigureTable>
  );
}
