'use client';
import type { CheckAnswer, UseRequest } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { useCheck } from '../../hooks/gate/use-check.ts';
import { OutOfCredits, type OutOfCreditsProps } from '../out-of-credits/out-of-credits.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';

export interface GateProps
  extends Pick<OutOfCreditsProps, 'onAction' | 'timeZone' | 'creditLabel' | 'headingLevel' | 'className'> {
  /** The use if the reader goes on. */
  use: Omit<UseRequest, 'accountId'>;
  /** Shown while it would be let through; a function is given the answer, cost included, once it has come. */
  children: ReactNode | ((answer: CheckAnswer | undefined) => ReactNode);
  /** In place of `OutOfCredits` when it would be refused. */
  fallback?: ReactNode;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Shows its children where a use would be let through, and otherwise why not and what to do. It only spares the reader
 * a refusal: the host's backend still decides, so children are also shown while the answer is on its way or could not
 * be had. Renders nothing of its own, or a `section`. Reads `POST /v1/check` through `useCheck`.
 */
export const Gate = asWidget(function Gate({ use, children, fallback, accountId, ...notice }: GateProps) {
  const { status, data } = useCheck(use, { accountId });
  const refused = status === 'not_permitted' || data?.allowed === false;
  if (refused) {
    return (
      fallback ?? (
        <OutOfCredits
          {...notice}
          refusal={data?.refusal ?? undefined}
          asOf={data?.asOf}
          timeZone={notice.timeZone ?? data?.timeZone}
          creditLabel={notice.creditLabel ?? data?.creditLabel}
          unit={data?.cost.unit}
        />
      )
    );
  }
  return typeof children === 'function' ? children(data) : children;
});
