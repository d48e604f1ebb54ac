'use client';
import type { Credits } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/resource.ts';
import { useCreditBalance } from '../../hooks/use-credit-balance.ts';
import { CreditBalanceView, type CreditBalanceViewProps } from './credit-balance-view.tsx';

export interface CreditBalanceProps extends Omit<CreditBalanceViewProps, 'resource'> {
  /** Figures that the host already has; nothing is fetched then. */
  data?: Credits | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * An account's credits: what is available and held, grants in burn order, pace and the last ledger lines.
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
  return <CreditBalanceView {...view} resource={useCreditBalance({ accountId })} />;
}
