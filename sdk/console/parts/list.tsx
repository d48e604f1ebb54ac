import type { ReactNode } from 'react';
import type { LoadedPages } from '../api/use-pages.ts';
import { Failed, Loading } from './states.tsx';
import { WideRegion } from './wide-region.tsx';

export interface Column<Item> {
  name: string;
  cell: (item: Item) => ReactNode;
  /** Figures are aligned right; `wide` columns are left out on narrow screens. */
  kind?: 'figure' | 'wide' | 'actions';
}

interface ListProps<Item> {
  label: string;
  pages: LoadedPages<Item>;
  columns: readonly Column<Item>[];
  keyOf: (item: Item) => string;
  /** The text of an empty list. */
  empty: ReactNode;
}

/** A table that is loaded page by page, with all its states. */
export function List<Item>({ label, pages, columns, keyOf, empty }: ListProps<Item>) {
  const { items, error, isLoading, more, reload } = pages;
  if (error !== undefined && items.length === 0) return <Failed error={error} onRetry={reload} />;
  if (items.length === 0) return isLoading ? <Loading what={label.toLowerCase()} /> : empty;
  return (
    <div className="list">
      <WideRegion label={label}>
        <table aria-label={label} aria-busy={isLoading || undefined}>
          <thead>
            <tr>
              {columns.map(({ name, kind }) => (
                <th key={name} scope="col" data-kind={kind}>
                  {kind === 'actions' ? <span className="hidden">{name}</span> : name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={keyOf(item)}>
                {columns.map(({ name, kind, cell }) => (
                  <td key={name} data-kind={kind}>
                    {kind === 'figure' ? <bdi>{cell(item)}</bdi> : cell(item)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </WideRegion>
      {error !== undefined && <Failed error={error} onRetry={more ?? reload} />}
      {more && (
        <button
          type="button"
          className="button more"
          aria-disabled={isLoading}
          onClick={isLoading ? undefined : more}
        >
          {isLoading ? 'Loading…' : 'Show more'}
        </button>
      )}
    </div>
  );
}
