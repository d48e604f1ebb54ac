'use client';
import type { Action } from '@usagekit/server/contract';
import type { PaymentSessionOptions } from '../../hooks/use-payment-session.ts';
import { ActivityLog } from '../activity-log/activity-log.tsx';
import { AutoTopUp } from '../auto-top-up/auto-top-up.tsx';
import { CreditBalance } from '../credit-balance/index.ts';
import { Charges } from '../invoices/charges.tsx';
import { Invoices } from '../invoices/invoices.tsx';
import { PaymentMethod } from '../invoices/payment-method.tsx';
import { UpcomingInvoice } from '../invoices/upcoming-invoice.tsx';
import { asWidget } from '../parts/as-widget.tsx';
import type { WidgetProps } from '../parts/widget-root.tsx';
import { PlanCard } from '../plan-card/plan-card.tsx';
import { PlanComparison } from '../plan-comparison/plan-comparison.tsx';
import { PlanLimits } from '../plan-limits/plan-limits.tsx';
import { PurchaseDialog } from '../purchase-dialog/purchase-dialog.tsx';
import {
  BillingPageView,
  type BillingPageViewProps,
  type BillingSection,
  fragmentOf,
} from './billing-page-view.tsx';

export interface BillingPageProps extends Omit<BillingPageViewProps, 'contentOf'> {
  /** The session's account by default. */
  accountId?: string | undefined;
  /** Where the payment page leads back to; the page's own address by default. */
  returnUrl?: PaymentSessionOptions['returnUrl'];
  /** Opens the payment page; in this tab by default. */
  onOpenPaymentPage?: PaymentSessionOptions['onOpen'];
}

/** What an action that a widget offers is done in; the rest is followed to its own address. */
const sectionOfAction: Partial<Record<Action['kind'], BillingSection>> = {
  buy_credits: 'credits',
  update_payment: 'payment',
  upgrade: 'plans',
};

/**
 * Billing as a whole: overview, credits, invoices, payment and plans, each with an address of its own. Renders a `section` with
 * links and the widgets of one section. Reads what the widgets read.
 */
export const BillingPage = asWidget(function BillingPage(props: BillingPageProps) {
  const { accountId, returnUrl, onOpenPaymentPage, ...view } = props;
  const { hrefOf = fragmentOf, onSection, headingLevel = 2 } = view;
  const go = (next: BillingSection) => (onSection ? onSection(next) : location.assign(hrefOf(next)));
  return (
    <BillingPageView
      {...view}
      contentOf={(shown) => (
        <Section
          shown={shown}
          go={go}
          accountId={accountId}
          headingLevel={headingLevel}
          returnUrl={returnUrl}
          onOpenPaymentPage={onOpenPaymentPage}
        />
      )}
    />
  );
});

interface SectionProps extends Pick<BillingPageProps, 'accountId' | 'returnUrl' | 'onOpenPaymentPage'> {
  shown: BillingSection;
  go: (section: BillingSection) => void;
  headingLevel: NonNullable<WidgetProps['headingLevel']>;
}

function Section({ shown, go, accountId, headingLevel, returnUrl, onOpenPaymentPage }: SectionProps) {
  const common = { accountId, headingLevel };
  const paying = { ...common, returnUrl, onOpenPaymentPage };
  const onAction = ({ kind, href }: Action) => {
    const section = sectionOfAction[kind];
    if (section) go(section);
    else if (href !== undefined) location.assign(href);
  };
  switch (shown) {
    case 'overview':
      return (
        <>
          <PlanCard {...common} onAction={onAction} />
          <PlanLimits {...common} />
          <UpcomingInvoice {...common} />
        </>
      );
    case 'credits':
      return (
        <>
          <CreditBalance {...common} purchaseDialog={PurchaseDialog} />
          <AutoTopUp {...paying} />
          <ActivityLog {...common} />
        </>
      );
    case 'invoices':
      return <Invoices {...paying} />;
    case 'payment':
      return (
        <>
          <PaymentMethod {...paying} />
          <Charges {...common} />
        </>
      );
    case 'plans':
      return <PlanComparison {...common} />;
  }
}
