'use client';
import { useAutoTopUp } from '../../hooks/credits/use-auto-top-up.ts';
import { useCreditBalance } from '../../hooks/credits/use-credit-balance.ts';
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
  const { data: credits } = useCreditBalance({ accountId: common.accountId });
  const { data: topUp } = useAutoTopUp({ accountId: common.accountId });
  // Nothing can be bought by itself where nothing is sold; what was turned on before says so.
  const mayTopUp = credits?.canPurchase !== false || topUp?.enabled === true;
  const dated = { ...common, timeZone };
  return (
    <>
      <CreditBalance {...dated} purchaseDialog={PurchaseDialog} members={<SpentByMember {...dated} />} />
      {mayTopUp && <AutoTopUp {...dated} {...paying} />}
      <ActivityLog {...dated} />
    </>
  );
}
