'use client';
import type { Action } from '@usagekit/server/contract';
import { type ComponentType, lazy } from 'react';
import type { PaymentSessionOptions } from '../../hooks/invoices/use-payment-session.ts';
import type { AgentChoice } from '../dedicated-ips/index.ts';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import type { BillingSection } from './billing-page-view.tsx';

/** The props of a section's widgets. */
export interface SectionProps {
  common: { accountId: string | undefined; headingLevel: NonNullable<WidgetProps['headingLevel']> };
  paying: {
    returnUrl?: PaymentSessionOptions['returnUrl'];
    onOpenPaymentPage?: PaymentSessionOptions['onOpen'];
  };
  agents: readonly AgentChoice[] | undefined;
  onAction: (action: Action) => void;
}

/** The sections, each loaded when it is shown. */
export const billingSectionBodies: Record<BillingSection, ComponentType<SectionProps>> = {
  overview: lazy(() =>
    import('./overview-section.tsx').then(({ OverviewSection }) => ({ default: OverviewSection })),
  ),
  credits: lazy(() =>
    import('./credits-section.tsx').then(({ CreditsSection }) => ({ default: CreditsSection })),
  ),
  invoices: lazy(() =>
    import('./invoices-section.tsx').then(({ InvoicesSection }) => ({ default: InvoicesSection })),
  ),
  payment: lazy(() =>
    import('./payment-section.tsx').then(({ PaymentSection }) => ({ default: PaymentSection })),
  ),
  plans: lazy(() => import('./plans-section.tsx').then(({ PlansSection }) => ({ default: PlansSection }))),
};
