'use client';
import type { Action } from '@usagekit/server/contract';
import { Suspense } from 'react';
import type { PaymentSessionOptions } from '../../hooks/invoices/use-payment-session.ts';
import type { AgentChoice } from '../dedicated-ips/index.ts';
import { type PageLinks, PageNav } from '../page-nav/page-nav.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import {
  BillingPageView,
  type BillingPageViewProps,
  type BillingSection,
  fragmentOf,
} from './billing-page-view.tsx';
import { billingSectionBodies } from './billing-sections.ts';

export interface BillingPageProps extends Omit<BillingPageViewProps, 'contentOf' | 'above'>, PageLinks {
  /** The session's account by default. */
  accountId?: string | undefined;
  /** Where the payment page leads back to; the page's own address by default. */
  returnUrl?: PaymentSessionOptions['returnUrl'];
  /** Opens the payment page; in this tab by default. */
  onOpenPaymentPage?: PaymentSessionOptions['onOpen'];
  /** The host's agents, to which dedicated IPs can be assigned; without them the id of an agent is typed. */
  agents?: readonly AgentChoice[] | undefined;
}

/** The section that carries out a widget's action; other actions lead to their own address. */
const sectionOfAction: Partial<Record<Action['kind'], BillingSection>> = {
  buy_credits: 'credits',
  update_payment: 'payment',
  upgrade: 'plans',
  manage_plan: 'plans',
};

/**
 * Billing as a whole: overview, credits, invoices, payment and plans, each with an address of its own. Renders a `section` with
 * links and the widgets of one section, which are loaded when it is shown. Reads what the widgets read.
 */
export const BillingPage = asWidget(function BillingPage(props: BillingPageProps) {
  const { accountId, returnUrl, onOpenPaymentPage, agents, pages, onPage, ...view } = props;
  const { hrefOf = fragmentOf, onSection, headingLevel = 2 } = view;
  const onAction = ({ kind, href }: Action) => {
    const section = sectionOfAction[kind];
    if (section && onSection) onSection(section);
    else if (section) location.assign(hrefOf(section));
    else if (href !== undefined) location.assign(href);
  };
  return (
    <BillingPageView
      {...view}
      above={<PageNav pages={pages} onPage={onPage} present="billing" />}
      contentOf={(shown) => {
        const Body = billingSectionBodies[shown];
        return (
          <Suspense fallback={<Skeleton height={220} />}>
            <Body
              common={{ accountId, headingLevel }}
              paying={{ returnUrl, onOpenPaymentPage }}
              agents={agents}
              onAction={onAction}
            />
          </Suspense>
        );
      }}
    />
  );
});
