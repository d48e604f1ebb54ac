import type { CategoryShare, CreditUnit } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { columnDecimals } from '../../../format/column-decimals.ts';
import type { Format } from '../../../format/create-format.ts';
import { ShareBar } from '../../parts/bars/share-bar.tsx';
import { Amount } from '../../parts/words/amount.tsx';

export interface CategoryListProps {
  /** Each with its share. */
  categories: CategoryShare[];
  /** The unit of `used`. */
  unit: CreditUnit;
  /** Shows amounts in place of shares, where the answer has them. */
  amounts: boolean;
  /** Name of the list, for assistive technology. */
  label: string;
  /** Writes figures and dates as the reader's language does. */
  format: Format;
  /** Wraps a category's figure, such as in a button that opens the uses behind it. */
  open?: ((category: CategoryShare, figure: ReactNode) => ReactNode) | undefined;
}

/** The budget's use by category: each with the tier of its models, a thin bar and its share. Renders a list. Reads nothing. */
export function CategoryList(props: CategoryListProps) {
  const { categories, unit, amounts, label, format, open = (_, figure) => figure } = props;
  const decimals = columnDecimals(categories.map(({ used }) => used));
  return (
    <ul className="uk-list uk-categories" aria-label={label}>
      {categories.map((category) => {
        const { id, label: name, tierLabel, sharePercent, used } = category;
        return (
          <li key={id} className="uk-category">
            <span className="uk-category-name">
              {name} {tierLabel && <span className="uk-tag">{tierLabel}</span>}
            </span>
            <ShareBar percent={sharePercent} />
            <span className="uk-category-share uk-figures">
              {open(
                category,
                amounts && used !== null ? (
                  <Amount value={format.amount(used, unit, decimals)} />
                ) : (
                  <bdi className="uk-run">{format.percent(sharePercent)}</bdi>
                ),
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
