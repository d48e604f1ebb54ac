import type { ReactNode } from 'react';
import { joined } from './widget/as-widget.tsx';

export interface FigureTableProps {
  /** The head of each column; figures stand at the end of theirs. */
  heads: readonly FigureHead[];
  /** Of the sum's row. */
  sumLabel: ReactNode;
  /** The cells of the sum's row after its label, one a column; null for a column without a sum. No cell, no row. */
  sums: readonly ReactNode[];
  className?: string | undefined;
  /** The rows between the head and the sum. */
  children: ReactNode;
}

export interface FigureHead {
  key: string;
  words: ReactNode;
  className?: string | undefined;
}

/** Rows of figures under their heads and over their sum. Renders a `table`. Reads nothing. */
export function FigureTable({ heads, sumLabel, sums, className, children }: FigureTableProps) {
  return (
    <table className={className ? `uk-breakdown ${className}` : 'uk-breakdown'}>
      <thead className="uk-breakdown-part">
        <tr className="uk-breakdown-row">
          {heads.map(({ key, words, className: own = 'uk-end' }, place) => (
            <th key={key} className={place === 0 ? 'uk-lines-head' : `uk-lines-head ${own}`} scope="col">
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="uk-breakdown-part">{children}</tbody>
      {sums.length > 0 && (
        <tfoot className="uk-breakdown-part">
          <tr className="uk-breakdown-row uk-lines-total">
            <th className="uk-lines-cell" scope="row">
              {sumLabel}
            </th>
            {sums.map((sum, place) => (
              <td
                key={heads[place + 1]?.key}
                className={joined('uk-lines-cell', sum !== null && 'uk-end', heads[place + 1]?.className)}
              >
                {sum}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
