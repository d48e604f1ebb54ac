import type { PaidCommand } from '../../../contract/subscription/subscription.ts';
import { activityRecord } from '../../activity/activity.ts';
import { formatAmount } from '../../amounts/amounts.ts';
import { type Decision, type DecisionContext, DomainError } from '../../decision.ts';
import { joinFacts, noFacts } from '../../facts.ts';
import { deriveId } from '../../ids/derived-id.ts';
import { planOf } from '../../limits/limits.ts';
import { decideCommand } from '../../subscription/commands.ts';
import { assertPayable, type SubscriptionOutcome } from '../../subscription/outcome.ts';
import { assertExpected, type ExpectedTotal } from '../expected-total.ts';
import { issueInvoices } from '../issue.ts';
import { payInvoice, withBalance } from '../paid-invoice.ts';
import type { ChargeRecord, PendingChange } from '../state.ts';
import { describeCharge, subjectOfCharge } from './charge-words.ts';

/** A change that was made, or one that waits for its payment. */
export interface ChargedChange {
  /** Null where the change was ordered before, and only its charge is known. */
  readonly change: SubscriptionOutcome | null;
  /** The charge that has to succeed first; null where the change was made. */
  readonly order: ChargeRecord | null;
}

export interface ChangeOrder {
  readonly chargeId: string;
  readonly change: PaidCommand;
  readonly memberId: string | null;
  /** What its sender saw that is due now; absent where nobody says. */
  readonly expectedTotal?: ExpectedTotal | undefined;
}

/**
 * Changes a plan, or how many seats, add-ons or addresses there are, and where that is charged at once charges first: nothing changes
 * and nothing is granted before the charge has succeeded. Where the server collects nothing, the change is made and invoiced; also
 * without a confirmed payment method, which the catalog has to allow where a member asks.
 * @throws DomainError as `decideSubscription`; `payment_method_required` for such a member; `change_pending` while another one waits; `total_changed` for more
 * than its sender saw; `amount_out_of_range` beyond the provider's largest charge.
 */
export function decideChargedChange(context: DecisionContext, order: ChangeOrder): Decision<ChargedChange> {
  const { state, catalog, nowMs, commandId } = context;
  const { change, memberId, chargeId, expectedTotal } = order;
  if (state.billing.pendingChange !== null)
    throw new DomainError(
      'change_pending',
      'A change is waiting for its payment',
      '',
      'the same once that has ended',
    );
  const made = decideCommand(context, change, memberId);
  assertPayable(context, made.outcome, memberId);
  const method = state.profile.paymentMethod;
  const amount = made.outcome.dueNow.total;
  assertExpected({ amount, currency: catalog.currency }, expectedTotal);
  if (!catalog.billing.collects || method?.confirmed !== true || amount <= 0n)
    return { ...made, outcome: { change: made.outcome, order: null } };
  const { maximumCharge } = catalog.billing;
  if (amount > maximumCharge)
    throw new DomainError(
      'amount_out_of_range',
      `${formatAmount(amount)} ${catalog.currency} are more than can be charged at once`,
      change.kind === 'change_plan' ? '/planId' : '/quantity',
      `at most ${formatAmount(maximumCharge)}`,
    );
  const charge: ChargeRecord = {
    id: chargeId,
    accountId: state.profile.id,
    ...whatFor(context, change),
    invoiceId: null,
    status: 'ordered',
    amount,
    refunded: 0n,
    surplus: 0n,
    currency: catalog.currency,
    paymentMethodId: method.id,
    attempt: 0,
    attended: memberId !== null,
    failure: null,
    actionUrl: null,
    refunds: [],
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
  const pendingChange: PendingChange = {
    chargeId,
    change,
    memberId,
    commandId,
    orderedAtMs: nowMs,
    charge: { id: chargeId, status: 'ordered', actionUrl: null },
  };
  return {
    outcome: { change: made.outcome, order: charge },
    state: { ...state, billing: { ...state.billing, pendingChange } },
    facts: { ...noFacts, charges: [charge] },
  };
}

/**
 * Makes the change that a charge has paid, as of the instant of its order, so that its price equals the charge. If the change is
 * no longer possible, the money goes to the account's balance.
 */
export function makePaidChange(context: DecisionContext, charge: ChargeRecord): Decision<ChargeRecord> {
  const { catalog } = context;
  const pending = context.state.billing.pendingChange;
  const state = { ...context.state, billing: { ...context.state.billing, pendingChange: null } };
  if (pending?.chargeId !== charge.id) return keptAsBalance(context, charge);
  // A debit may settle after the period in which it was ordered has ended.
  const isSamePeriod = pending.orderedAtMs >= state.subscription.period.startsAtMs;
  const nowMs = isSamePeriod ? pending.orderedAtMs : context.nowMs;
  const moment = { ...context, state, nowMs, commandId: pending.commandId };
  let made: Decision<SubscriptionOutcome>;
  try {
    made = decideCommand(moment, pending.change, pending.memberId);
  } catch (error) {
    if (error instanceof DomainError) return keptAsBalance({ ...context, state }, charge);
    throw error;
  }
  const closes = made.state.subscription.period;
  const issued = issueInvoices(made.state, catalog, { atMs: nowMs, due: 'now', closes });
  const [invoice] = issued.invoices;
  if (invoice === undefined) return keptAsBalance({ ...context, state: issued.state }, charge, made);
  const paid = payInvoice({ ...context, state: issued.state }, invoice, charge.amount);
  const ended: ChargeRecord = { ...charge, invoiceId: invoice.id, surplus: paid.surplus };
  return {
    outcome: ended,
    state: paid.state,
    facts: joinFacts(made.facts, {
      ...noFacts,
      charges: [ended],
      invoices: [paid.invoice, ...issued.invoices.slice(1)],
      activity: [...issued.activity, ...paid.activity],
    }),
  };
}

/** The purpose of the charge of a change, and its description. */
export function whatFor(
  { state, catalog }: Pick<DecisionContext, 'state' | 'catalog'>,
  change: PaidCommand,
): Pick<ChargeRecord, 'purpose' | 'description'> {
  const ofQuantity = (subject: string, quantity: number) => {
    const purpose = 'quantity_change';
    return {
      purpose,
      description: describeCharge({ purpose, subject: `${subject} × ${quantity}` }),
    } as const;
  };
  switch (change.kind) {
    case 'change_plan':
      return {
        purpose: 'plan_change',
        description: describeCharge({ purpose: 'plan_change', subject: change.planId }),
      };
    case 'seats':
      return ofQuantity(catalog.seatTypes.get(change.seatType)?.label ?? change.seatType, change.quantity);
    case 'add_on': {
      const { addOns } = planOf(state, catalog);
      return ofQuantity(addOns.get(change.addOnId)?.label ?? change.addOnId, change.quantity);
    }
    case 'dedicated_ips':
      return ofQuantity('Dedicated IPs', change.quantity);
  }
}

function keptAsBalance(
  { state }: Pick<DecisionContext, 'state'>,
  charge: ChargeRecord,
  made?: Decision<unknown>,
): Decision<ChargeRecord> {
  const kept: ChargeRecord = { ...charge, surplus: charge.amount };
  const facts = { ...noFacts, charges: [kept] };
  return {
    outcome: kept,
    state: withBalance(state, charge.currency, -charge.amount),
    facts: made === undefined ? facts : joinFacts(made.facts, facts),
  };
}

/** The account without the change that its charge did not pay: everything stays as it was, and nothing is granted. */
export function dropUnpaidChange(
  { state, nowMs }: DecisionContext,
  charge: ChargeRecord,
): Decision<ChargeRecord> {
  const pending = state.billing.pendingChange;
  const isIts = pending?.chargeId === charge.id;
  return {
    outcome: charge,
    state: isIts ? { ...state, billing: { ...state.billing, pendingChange: null } } : state,
    facts: {
      ...noFacts,
      charges: [charge],
      activity: [
        activityRecord(
          { id: deriveId(charge.id, 'activity'), accountId: charge.accountId, atMs: nowMs },
          {
            kind: 'payment_failed',
            event:
              charge.purpose === 'quantity_change'
                ? { kind: 'quantity_unpaid', subject: subjectOfCharge(charge) }
                : { kind: 'plan_change_unpaid', planId: subjectOfCharge(charge) },
            memberId: pending?.memberId ?? null,
            reason: charge.failure,
          },
        ),
      ],
    },
  };
}
