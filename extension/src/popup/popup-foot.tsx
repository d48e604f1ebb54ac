import { formatTime, type ReaderFormat } from '../core/reader-format.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { Icon } from '../pages/icon.tsx';

export interface PopupFootProps {
  snapshot: Snapshot;
  format: ReaderFormat;
  /** Undefined where the product names no billing page. */
  onOpenBilling: (() => void) | undefined;
}

/** How old the figures are, and the way to where money is dealt with. */
export function PopupFoot({ snapshot, format, onOpenBilling }: PopupFootProps) {
  const { asOfMs, failure } = snapshot;
  return (
    <footer className="popup-foot">
      {asOfMs !== null && (
        <p className="small muted" title={failure?.message}>
          {failure === null ? 'As of' : 'Not refreshed since'} {formatTime(asOfMs, format)}
        </p>
      )}
      {onOpenBilling && (
        <button type="button" className="button" data-kind="quiet" onClick={onOpenBilling}>
          Billing
          <Icon name="open" />
        </button>
      )}
    </footer>
  );
}
