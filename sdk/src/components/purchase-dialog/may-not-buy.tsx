'use client';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { commonRefusalMessages } from '../../messages/common/common-refusal.ts';
import { troubleMessages } from '../../messages/common/trouble.ts';
import { purchaseDialogMessages } from '../../messages/credits/purchase-dialog.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { EmptyState } from '../states/empty-state.tsx';

export interface MayNotBuyProps {
  /** The server's refusal; undefined if it was known before that this role may not buy. */
  error?: UsageKitError | undefined;
}

/** Says that the caller is signed out, or in to another account, or may not buy and who can. Renders a `div`. Reads the messages. */
export function MayNotBuy({ error }: MayNotBuyProps) {
  const { signedOut } = useMessages('common', commonRefusalMessages);
  const { signedOutDetail, otherAccountDetail } = useMessages('trouble', troubleMessages);
  const messages = useMessages('purchaseDialog', purchaseDialogMessages);
  if (error?.signedOut) return <EmptyState title={signedOut} detail={signedOutDetail} />;
  if (error?.code === 'other_account')
    return <EmptyState title={messages.refused} detail={otherAccountDetail} />;
  return <EmptyState title={messages.notPermitted} detail={messages.notPermittedDetail} />;
}
