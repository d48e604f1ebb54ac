'use client';
import type { Charge } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useCharges } from '../../hooks/invoices/use-charges.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { ChargesView, type ChargesViewProps } from './charges-view.tsx';

export interface ChargesProps extends Omit<ChargesViewProps, 'resource' | 'more'> {
  /** Charges that the host already has, newest first; nothing is fetched then. */
  data?: Charge[] | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
  /** Charges of a page; 12 by default. */
  limit?: number | undefined;
}

/**
 * The charge history. Renders a `section` with `data-widget="charges"`. Reads `data`, or `GET /v1/accounts/{id}/charges`
 * through `useCharges`.
 */
export const Charges = asWidget(function Charges({ data, accountId, limit, ...view }: ChargesProps) {
  return data ? (
    <ChargesView {...view} resource={resourceOf({ items: data, nextCursor: null })} />
  ) : (
    <ConnectedCharges {...view} accountId={accountId} limit={limit} />
  );
});

function ConnectedCharges({ accountId, limit = 12, ...view }: Omit<ChargesProps, 'data'>) {
  const charges = useCharges({ accountId, limit });
  return <ChargesView {...view} resource={charges} more={charges} />;
}
