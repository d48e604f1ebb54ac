'use client';
import { useUpcomingInvoice } from '../../hooks/invoices/use-upcoming-invoice.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { AddOns } from '../add-ons/add-ons.tsx';
import { AdditionalUse } from '../additional-use/additional-use.tsx';
import { DedicatedIps } from '../dedicated-ips/dedicated-ips.tsx';
import { UpcomingInvoice } from '../invoices/upcoming-invoice.tsx';
import { PlanCard } from '../plan-card/plan-card.tsx';
import { PlanLimits } from '../plan-limits/plan-limits.tsx';
import { Seats } from '../seats/seats.tsx';
import { UsageCosts } from '../usage-costs/usage-costs.tsx';
import type { SectionProps } from './billing-sections.ts';

/** The plan with its limits, and the account's other purchases and settings; things that the plan does not offer are left out. */
export function OverviewSection({ common, onAction, agents }: SectionProps) {
  const { data: plan } = usePlan({ accountId: common.accountId });
  const { data: upcoming } = useUpcomingInvoice({ accountId: common.accountId });
  const showsCosts = upcoming !== undefined && upcoming.costs.length > 0;
  return (
    <>
      <PlanCard {...common} onAction={onAction} />
      <UpcomingInvoice {...common} />
      {showsCosts && <UsageCosts {...common} />}
      {plan && plan.capacities.length > 0 && <PlanLimits {...common} parts={{ warnings: false }} />}
      {plan && plan.seats.length > 0 && <Seats {...common} />}
      {plan && plan.addOns.length > 0 && <AddOns {...common} />}
      {plan?.dedicatedIps && <DedicatedIps {...common} agents={agents} />}
      {plan && plan.additionalUse.length > 0 && <AdditionalUse {...common} />}
    </>
  );
}
