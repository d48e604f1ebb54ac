import { wordsOf } from '../../words/words-of.ts';
import { formatFigure, type ReaderFormat, unitOf } from '../reader-format.ts';
import type { ExtensionState } from '../rpc/rpc.ts';
import { shownAccount } from './shown-account.ts';

/** What the popup shows before anything else: whose figures they are, and the one big figure. */
export interface FirstView {
  name: string;
  /** The plan, or the server's host where the plan may not be seen. */
  plan: string;
  /** Null where the balance may not be seen. */
  balance: { label: string; figure: string; unit: string } | null;
}

/** @returns null where no account is connected. */
export function firstView(state: ExtensionState, format: ReaderFormat): FirstView | null {
  const shown = shownAccount(state);
  if (shown === undefined) return null;
  const { connection, snapshot } = shown;
  const { summary } = snapshot;
  return {
    name: summary?.accountName ?? connection.accountName,
    plan: summary?.planName ?? new URL(connection.serverUrl).host,
    balance:
      summary === null || summary.credits === null
        ? null
        : {
            label: wordsOf(format).popup.available,
            figure: formatFigure(summary.credits.available, summary.creditLabel, format),
            unit: unitOf(summary.credits.available, summary.creditLabel),
          },
  };
}
