import type { CategoryShare, CreditUnit } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import { Amount } from '../parts/amount.tsx';
import { ShareBar } from '../parts/share-bar.tsx';

export interface CategoryListProps {
  categories: CategoryShare[];
  /** The unit of `used`. */
  unit: CreditUnit;
  /** Shows amounts in place of shares, where the answer has them. */
  amounts: boolean;
  label: string;
  format: Format;
}

/** The budget's use by category: each with the tier of its models, a thin bar and its share. Renders a list. Reads nothing. */
export function CategoryList({ categories, unit, amounts, label, format }: CategoryListProps) {
  return (
    <ul className="uk-list uk-categories" aria-label={label}>
      {categories.map(({ id, label: name, tierLabel, sharePercent, used }) => (
        <li key={id} className="uk-category">
          <span className="uk-category-name">
            {name} {tierLabel && <span className="uk-tag">{tierLabel}</span>}
          </span>
          <ShareBar percent={sharePercent} />
          <span className="uk-category-share uk-figures">
            {amounts && used !== null ? (
              <Amount value={format.amount(used, unit)} />
            ) : (
              <bdi className="uk-run">{format.percent(sharePercent)}</bdi>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
