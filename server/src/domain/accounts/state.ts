import type { AccountKind } from '../../contract/accounts/account.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { AutoTopUpSettings } from '../purchases/state.ts';

/** What an account is and what was set for it by hand. */
export interface Profile {
  readonly id: string;
  readonly kind: AccountKind;
  readonly name: string;
  readonly timeZone: string;
  /** Takes the place of `timeZone` when the next cycle begins. */
  readonly nextTimeZone: string | null;
  readonly currency: string;
  readonly planId: string;
  readonly catalogVersion: number;
  readonly anchorAtMs: number;
  readonly testClockId: string | null;
  readonly signUpCreditEligible: boolean;
  readonly moneyPreview: boolean;
  readonly createdAtMs: number;
  /** Providers for which the account uses its own key. The key itself is never stored. */
  readonly ownKeys: Readonly<Record<string, { readonly label: string; readonly lastFour: string }>>;
  /** Hard limits that the account set itself, by metric. */
  readonly ownLimits: Readonly<Record<string, Micros>>;
  readonly autoTopUp: AutoTopUpSettings | null;
  readonly paymentMethod: PaymentMethod | null;
}

/** A means of payment, as the payment provider names it. */
export interface PaymentMethod {
  readonly id: string;
  readonly kind: 'card' | 'bank_account';
  readonly brand: string;
  readonly lastFour: string;
  /** Whether the provider has confirmed that it can be charged unasked. */
  readonly confirmed: boolean;
}
