'use client';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { ActivityLog } from '../activity-log/activity-log.tsx';
import { AutoTopUp } from '../auto-top-up/auto-top-up.tsx';
import { CreditBalance } from '../credit-balance/credit-balance.tsx';
import { SpentByMember } from '../credit-balance/spent-by-member.tsx';
import { PurchaseDialog } from '../purchase-dialog/purchase-dialog.tsx';
import type { SectionProps } from './billing-sections.ts';

/** The balance, the purchase of credits, and past purchases. */
export function CreditsSection({ common, paying }: SectionProps) {
  const timeZone = usePlan({ accountId: common.accountId }).data?.timeZone;
  const dated = { ...common, timeZone };
  return (
    <>
      <CreditBalance {...dated} purchaseDialog={PurchaseDialog} members={<SpentByMember {...dated} />} />
      <AutoTopUp {...dated} {...paying} />
      <ActivityLog {...dated} />
    </>
  );
}
