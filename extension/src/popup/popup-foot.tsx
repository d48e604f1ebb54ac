import type { Snapshot } from '../core/account/snapshot.ts';
import { formatTime, type ReaderFormat } from '../core/reader-format.ts';
import type { ProductPage } from '../core/server/product-pages.ts';
import { Icon } from '../pages/icon.tsx';
import { wordsOf } from '../words/words-of.ts';

export interface PopupFootProps {
  snapshot: Snapshot;
  format: ReaderFormat;
  /** Pages that the product names. */
  pages: readonly ProductPage[];
  onOpenPage(page: ProductPage): void;
}

/** How old the figures are, and the ways to the product's own pages. */
export function PopupFoot({ snapshot, format, pages, onOpenPage }: PopupFootProps) {
  const { asOfMs, failure } = snapshot;
  const { popup: words } = wordsOf(format);
  return (
    <footer className="popup-foot">
      {asOfMs !== null && (
        <p className="small muted" title={failure?.message}>
          {(failure === null ? words.asOf : words.notRefreshedSince)(formatTime(asOfMs, format))}
        </p>
      )}
      {pages.length > 0 && (
        <nav className="popup-pages" aria-label={words.pagesOfProduct}>
          {pages.map((page) => (
            <button
              key={page}
              type="button"
              className="button"
              data-kind="quiet"
              onClick={() => onOpenPage(page)}
            >
              {words.pages[page]}
              <Icon name="open" />
            </button>
          ))}
        </nav>
      )}
    </footer>
  );
}
