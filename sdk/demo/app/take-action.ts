import type { Action } from '@usagekit/server/contract';
import { goTo } from './use-path.ts';
import { openPurchase } from './use-purchase-address.ts';

/** Where a button of the kit leads within Fieldnote: buying to the dialog, all else to the plans. */
export function takeAction({ kind }: Action): void {
  if (kind === 'buy_credits') openPurchase();
  else goTo('/plans');
}
