import type { Micros } from '../amounts/amounts.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { joinFacts, noFacts } from '../facts.ts';
import { decideRefund, type NoteOfRefund, type RefundCommand } from '../invoices/charges/charges.ts';
import type { ChargeRecord, RefundRecord } from '../invoices/state.ts';
import type { PurchaseRecord } from './state.ts';
import { grantOfPurchase } from './take-back-credits.ts';

/** The fate of bought credits whose price is refunded; with `take_back` the account owes those that were spent. */
export type RefundedCredits = 'take_back' | 'take_back_unspent' | 'keep';

/**
 * Orders the refund of a part of a purchase, or of its whole rest. The same share of the credits is taken back once the
 * provider has given the money back, and the credit note is made then; so a refund that fails takes nothing and leaves no note. `noted`
 * where a credit note orders it.
 * @throws DomainError as `decideRefund`.
 */
export function decidePurchaseRefund(
  context: DecisionContext,
  { charge, purchase }: { readonly charge: ChargeRecord; readonly purchase: PurchaseRecord | undefined },
  { credits, ...command }: RefundCommand & { readonly credits: RefundedCredits },
  creditNote: NoteOfRefund = 'to_make',
): Decision<ChargeRecord> {
  if (purchase === undefined)
    throw new DomainError('conflict', 'The purchase of this charge is not known, nor what it bought');
  const ordered = decideRefund(context, charge, command, creditNote);
  const refund = ordered.outcome.refunds.at(-1);
  if (refund === undefined) return ordered;
  const withCredits: RefundRecord = {
    ...refund,
    ...creditsOfRefund({ charge, purchase }, refund.amount, credits),
  };
  const changed: ChargeRecord = {
    ...ordered.outcome,
    refunds: [...ordered.outcome.refunds.slice(0, -1), withCredits],
  };
  const facts = joinFacts({ ...ordered.facts, charges: [] }, { ...noFacts, charges: [changed] });
  return { outcome: changed, state: ordered.state, facts };
}

/** The credits that a refund takes back once it is carried out; nothing where they are kept. `charge` is as before the refund. */
export function creditsOfRefund(
  { charge, purchase }: { readonly charge: ChargeRecord; readonly purchase: PurchaseRecord },
  back: Micros,
  credits: RefundedCredits,
): Pick<RefundRecord, 'credits'> {
  if (credits === 'keep') return {};
  return {
    credits: {
      grantId: grantOfPurchase(purchase.id),
      unit: purchase.unit,
      amount: shareOf(purchase, charge, back),
      owesSpent: credits === 'take_back',
    },
  };
}

/** The credits of a part of the price: after the last part they are all of the purchase's. */
function shareOf(
  { credits, bonus }: PurchaseRecord,
  { amount, refunds }: ChargeRecord,
  back: Micros,
): Micros {
  const before = refunds.reduce(
    (sum, refund) => (refund.status === 'failed' ? sum : sum + refund.amount),
    0n,
  );
  const creditsOf = (money: Micros) => ((credits + bonus) * money) / amount;
  return creditsOf(before + back) - creditsOf(before);
}
