'use client';
import type { Action, Usage } from '@usagekit/server/contract';
import { Suspense } from 'react';
import { currencyOf } from '../../format/create-format.ts';
import { useUsage } from '../../hooks/usage/use-usage.ts';
import { pageNavMessages } from '../../messages/common/page-nav.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { CreditBalance } from '../credit-balance/credit-balance.tsx';
import { type PageLinks, PageNav } from '../page-nav/page-nav.tsx';
import { lazyPart } from '../parts/lazy-part.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { type WidgetProps, WidgetRoot } from '../parts/widget/widget-root.tsx';
import { PlanCard } from '../plan-card/plan-card.tsx';
import { UsagePanel } from '../usage-panel/usage-panel.tsx';

// For managers of the account only.
const MemberAllocations = lazyPart(
  () => import('../member-allocations/member-allocations.tsx'),
  'MemberAllocations',
);

export interface UsagePageProps extends WidgetProps, PageLinks {
  /** Parts to leave out, such as `{ credits: false }`. */
  parts?: PartsOf<'UsagePage'> | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
  /** Called with the action that was chosen; without it, actions lead to their own address, or to the page of billing. */
  onAction?: ((action: Action) => void) | undefined;
}

/**
 * Usage as a whole: budget, plan, meters, my usage, history, then the balance, and members' allocations for managers. Renders a
 * `section` with links to tasks and billing. Reads everything that its widgets read.
 */
export const UsagePage = asWidget(function UsagePage(props: UsagePageProps) {
  const { accountId, pages, onPage, onAction, parts, headingLevel = 2 } = props;
  const messages = useMessages('pageNav', pageNavMessages);
  const usage = useUsage({ accountId });
  const common = { accountId, headingLevel };
  return (
    <WidgetRoot name="usage-page" state={usage.status} label={messages.pages.usage}>
      <PageNav pages={pages} onPage={onPage} present="usage" />
      <div className="uk-billing-widgets">
        <UsagePanel
          {...common}
          // Who may not see the plan has no use for its card.
          plan={
            parts?.planName !== false &&
            usage.data?.planName !== null && (
              <PlanCard {...common} onAction={onAction ?? toBilling({ pages, onPage })} />
            )
          }
        />
        {parts?.credits !== false && usage.data?.credits && (
          // The panel says where credits are going if they are the budget; one page makes one prediction of them.
          <CreditBalance {...common} parts={{ pace: !isOfCredits(usage.data.budget) }} />
        )}
        {parts?.members !== false && usage.data?.canManage && (
          <Suspense fallback={null}>
            <MemberAllocations {...common} />
          </Suspense>
        )}
      </div>
    </WidgetRoot>
  );
});

const isOfCredits = (budget: Usage['budget']): boolean =>
  budget !== null && currencyOf(budget.unit) === undefined;

/** If the host has a billing page, all of the plan's buttons lead there. */
function toBilling({ pages, onPage }: PageLinks): ((action: Action) => void) | undefined {
  const billing = pages?.billing;
  if (billing === undefined) return undefined;
  return () => (onPage ? onPage('billing') : location.assign(billing));
}
