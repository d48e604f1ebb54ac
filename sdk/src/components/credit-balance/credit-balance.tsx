'use client';
import type { Credits } from '@usagekit/server/contract';
import { lazy, Suspense, useState } from 'react';
import { resourceOf } from '../../hooks/resource.ts';
import { useCreditBalance } from '../../hooks/use-credit-balance.ts';
import { CreditBalanceView, type CreditBalanceViewProps } from './credit-balance-view.tsx';

const loadPurchaseDialog = () => import('../purchase-dialog/purchase-dialog.tsx');

// Nobody who only looks at a balance has to load what buys.
const PurchaseDialog = lazy(() =>
  loadPurchaseDialog().then((module) => ({ default: module.PurchaseDialog })),
);

export interface CreditBalanceProps extends Omit<CreditBalanceViewProps, 'resource'> {
  /** Figures that the host already has; nothing is fetched then. */
  data?: Credits | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * An account's credits: what is available and held, grants in burn order, pace and the last ledger lines. 'Buy credits'
 * opens the kit's own dialog, loaded on the first click, unless the host gives `onBuyCredits`; with `data` it needs that.
 * Renders a `section` with `data-widget="credit-balance"`. Reads `data`, or `GET /v1/accounts/{id}/credits` and the
 * stream through `useCreditBalance`.
 */
export function CreditBalance({ data, accountId, ...view }: CreditBalanceProps) {
  return data ? (
    <CreditBalanceView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedCreditBalance {...view} accountId={accountId} />
  );
}

function ConnectedCreditBalance({ accountId, ...view }: Omit<CreditBalanceProps, 'data'>) {
  const [isBuying, setBuying] = useState(false);
  // Loaded before it is rendered, so that a failure leaves the figures standing and the button to click again.
  const openDialog = () =>
    void loadPurchaseDialog().then(
      () => setBuying(true),
      () => undefined,
    );
  return (
    <>
      <CreditBalanceView
        {...view}
        onBuyCredits={view.onBuyCredits ?? openDialog}
        resource={useCreditBalance({ accountId })}
      />
      {isBuying && (
        <Suspense>
          <PurchaseDialog open accountId={accountId} onClose={() => setBuying(false)} />
        </Suspense>
      )}
    </>
  );
}
