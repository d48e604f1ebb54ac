'use client';
import type { Credits } from '@usagekit/server/contract';
import { type ComponentType, Suspense, useEffect, useState } from 'react';
import { readWayBack } from '../../client/credits/way-back.ts';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useCreditBalance } from '../../hooks/credits/use-credit-balance.ts';
import { asWidget, WithinRoot } from '../parts/widget/as-widget.tsx';
import type { PurchaseDialogProps } from '../purchase-dialog/purchase-dialog.tsx';
import { CreditBalanceView, type CreditBalanceViewProps } from './credit-balance-view.tsx';

export interface CreditBalanceProps extends Omit<CreditBalanceViewProps, 'resource'> {
  /** Figures that the host already has; nothing is fetched then. */
  data?: Credits | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
  /**
   * Opened by 'Buy credits' where there is no `onBuyCredits`: the kit's `PurchaseDialog`, or `React.lazy` of it, so that
   * nobody who only looks at a balance has to load what buys.
   */
  purchaseDialog?:
    | ComponentType<Pick<PurchaseDialogProps, 'open' | 'onClose' | 'accountId' | 'creditLabel'>>
    | undefined;
}

/**
 * An account's credits: available and held amounts, grants in burn order, pace and the last ledger lines. 'Buy credits' is shown
 * if the host gives `onBuyCredits` or `purchaseDialog`. Renders a `section` with `data-widget="credit-balance"`. Reads `data`, or
 * `GET /v1/accounts/{id}/credits` and the stream through `useCreditBalance`.
 */
export const CreditBalance = asWidget(function CreditBalance({ data, ...rest }: CreditBalanceProps) {
  if (!data) return <ConnectedCreditBalance {...rest} />;
  const { accountId, purchaseDialog, ...view } = rest;
  return <CreditBalanceView {...view} resource={resourceOf(data)} />;
});

function ConnectedCreditBalance(props: Omit<CreditBalanceProps, 'data'>) {
  const { accountId, purchaseDialog: PurchaseDialog, onBuyCredits, ...view } = props;
  const [isBuying, setBuying] = useState(false);
  // Whoever comes back from the payment page finds the dialog as they left it.
  useEffect(() => setBuying(Boolean(readWayBack('pack'))), []);
  const resource = useCreditBalance({ accountId });
  const openDialog = PurchaseDialog && (() => setBuying(true));
  return (
    <>
      <CreditBalanceView {...view} onBuyCredits={onBuyCredits ?? openDialog} resource={resource} />
      {PurchaseDialog && isBuying && (
        <WithinRoot>
          <Suspense>
            <PurchaseDialog
              open
              accountId={accountId}
              creditLabel={view.creditLabel ?? resource.data?.creditLabel}
              onClose={() => setBuying(false)}
            />
          </Suspense>
        </WithinRoot>
      )}
    </>
  );
}
