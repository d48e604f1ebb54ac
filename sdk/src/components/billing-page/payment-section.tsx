'use client';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { Charges } from '../charges/charges.tsx';
import { PaymentMethod } from '../payment-method/payment-method.tsx';
import type { SectionProps } from './billing-sections.ts';

/** The payment method, and all charges. */
export function PaymentSection({ common, paying }: SectionProps) {
  // Invoices tell their dates in the account's time zone; a payment may not seem to be of the day before.
  const timeZone = usePlan({ accountId: common.accountId }).data?.timeZone;
  return (
    <>
      <PaymentMethod {...common} {...paying} />
      <Charges {...common} timeZone={timeZone} />
    </>
  );
}
