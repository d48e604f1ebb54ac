'use client';
import { Charges } from '../invoices/charges.tsx';
import { PaymentMethod } from '../invoices/payment-method.tsx';
import type { SectionProps } from './billing-sections.ts';

/** The payment method, and all charges. */
export function PaymentSection({ common, paying }: SectionProps) {
  return (
    <>
      <PaymentMethod {...common} {...paying} />
      <Charges {...common} />
    </>
  );
}
