import type { autoTopUpMessages } from './auto-top-up.ts';
import type { creditBalanceMessages } from './credit-balance.ts';
import type { grantsMessages } from './grants.ts';
import type { purchaseDialogMessages } from './purchase-dialog.ts';

/** The texts of the room, by component. */
export interface CreditsTexts {
  creditBalance: typeof creditBalanceMessages;
  grants: typeof grantsMessages;
  purchaseDialog: typeof purchaseDialogMessages;
  autoTopUp: typeof autoTopUpMessages;
}
