import { BillingPageView, type BillingSection } from '../../../src/components/billing-page/index.ts';
import { CreditBalanceView } from '../../../src/components/credit-balance/index.ts';
import { ChargesView, InvoicesView, UpcomingInvoiceView } from '../../../src/components/invoices/index.ts';
import { PlanCardView } from '../../../src/components/plan-card/index.ts';
import { PlanComparisonView } from '../../../src/components/plan-comparison/index.ts';
import { resourceOf } from '../../../src/hooks/base/resource.ts';
import { atRest } from '../../fixtures/change-flow.ts';
import { credits } from '../../fixtures/credits.ts';
import * as invoices from '../../fixtures/invoices.ts';
import { offer } from '../../fixtures/plans.ts';
import { pro } from '../../fixtures/subscription.ts';
import type { GalleryState } from '../../gallery-state.ts';

function contentOf(section: BillingSection) {
  if (section === 'overview') {
    return (
      <>
        <PlanCardView resource={resourceOf(pro)} />
        <UpcomingInvoiceView resource={resourceOf(invoices.upcoming)} />
      </>
    );
  }
  if (section === 'credits') return <CreditBalanceView resource={resourceOf(credits)} />;
  if (section === 'plans') return <PlanComparisonView resource={resourceOf(offer)} flow={atRest} />;
  return section === 'invoices' ? (
    <InvoicesView resource={resourceOf({ items: invoices.invoices, nextCursor: null })} />
  ) : (
    <ChargesView resource={resourceOf({ items: invoices.charges, nextCursor: null })} />
  );
}

const sections: BillingSection[] = ['overview', 'credits', 'invoices', 'payment', 'plans'];

export const billingPageStates: GalleryState[] = sections.map((section) => ({
  widget: 'BillingPage',
  state: section,
  element: <BillingPageView section={section} contentOf={contentOf} />,
}));
