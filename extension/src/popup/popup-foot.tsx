import { formatTime, type ReaderFormat } from '../core/reader-format.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { Icon } from '../pages/icon.tsx';
import { wordsOf } from '../words/words-of.ts';

export interface PopupFootProps {
  snapshot: Snapshot;
  format: ReaderFormat;
  /** Undefined where the product names no billing page. */
  onOpenBilling: (() => void) | undefined;
}

/** How old the figures are, and the way to where money is dealt with. */
export function PopupFoot({ snapshot, format, onOpenBilling }: PopupFootProps) {
  const { asOfMs, failure } = snapshot;
  const { popup: words } = wordsOf(format);
  return (
    <footer className="popup-foot">
      {asOfMs !== null && (
        <p className="small muted" title={failure?.message}>
          {(failure === null ? words.asOf : words.notRefreshedSince)(formatTime(asOfMs, format))}
        </p>
      )}
      {onOpenBilling && (
        <button type="button" className="button" data-kind="quiet" onClick={onOpenBilling}>
          {words.billing}
          <Icon name="open" />
        </button>
      )}
    </footer>
  );
}
