'use client';
import type { Action } from '@usagekit/server/contract';
import type { ComponentType } from 'react';
import type { PaymentSessionOptions } from '../../hooks/invoices/use-payment-session.ts';
import type { AgentChoice } from '../dedicated-ips/index.ts';
import { lazyPart } from '../parts/lazy-part.ts';
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
  overview: lazyPart(() => import('./overview-section.tsx'), 'OverviewSection'),
  credits: lazyPart(() => import('./credits-section.tsx'), 'CreditsSection'),
  invoices: lazyPart(() => import('./invoices-section.tsx'), 'InvoicesSection'),
  payment: lazyPart(() => import('./payment-section.tsx'), 'PaymentSection'),
  plans: lazyPart(() => import('./plans-section.tsx'), 'PlansSection'),
};
