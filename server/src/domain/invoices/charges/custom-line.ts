import { activityOf } from '../../activity/activity.ts';
import { formatAmount, type Micros, microsPerUnit } from '../../amounts/amounts.ts';
import { type Decision, type DecisionContext, DomainError } from '../../decision.ts';
import { joinFacts, noFacts } from '../../facts.ts';
import { deriveId } from '../../ids/derived-id.ts';
import type { BillableFact } from '../../subscription/state.ts';
import { issueInvoices } from '../issue.ts';
import type { InvoiceRecord } from '../state.ts';
import { assertWholeParts } from '../whole-parts.ts';

/** A charge for something that no plan sells, billed once. */
export interface CustomLine {
  readonly subject: string;
  /** Negative gives back. */
  readonly amount: Micros;
  readonly quantity: Micros | null;
  /** Half-open; the instant of the decision where they are null. */
  readonly coversFromMs: number | null;
  readonly coversToMs: number | null;
  readonly due: BillableFact['due'];
  readonly reason: string | null;
}

/** Where a line by hand is billed. */
export interface CustomLineBilled {
  /** Null where it waits for the next boundary. */
  readonly invoice: InvoiceRecord | null;
  readonly invoicedAtMs: number;
}

/**
 * Bills an amount once, on an invoice of its own or on the next one. It is no charge of a period: a minimum commitment is not
 * met by it.
 * @throws DomainError `invalid_request` for nothing, for parts of the currency's smallest part, and for a time that ends before
 * it begins.
 */
export function decideCustomLine(context: DecisionContext, line: CustomLine): Decision<CustomLineBilled> {
  const { state, catalog, nowMs, commandId } = context;
  const { currency } = catalog;
  const { subject, amount, quantity, due, reason } = line;
  if (amount === 0n)
    throw new DomainError(
      'invalid_request',
      'A line of 0 is not invoiced',
      '/amount',
      'another amount than 0',
    );
  assertWholeParts(amount, currency);
  const coversFromMs = line.coversFromMs ?? line.coversToMs ?? nowMs;
  const coversToMs = line.coversToMs ?? coversFromMs;
  if (coversToMs < coversFromMs)
    throw new DomainError(
      'invalid_request',
      "The line's period ends before it begins",
      '/periodEndsAt',
      'an instant at or after periodStartsAt',
    );
  const fact: BillableFact = {
    id: deriveId(commandId, 'billed', 'custom'),
    causeId: commandId,
    kind: 'custom',
    ref: '',
    label: subject,
    quantity: quantity ?? microsPerUnit,
    unitPrice: null,
    meteredRate: null,
    rate: '',
    amount,
    currency,
    coversFromMs,
    coversToMs,
    part: null,
    due,
    atMs: nowMs,
  };
  const { subscription } = state;
  const billed = {
    ...state,
    subscription: { ...subscription, billables: [...subscription.billables, fact] },
  };
  const activity = activityOf(context, {
    kind: 'invoice_changed',
    event: { kind: 'line_billed', subject, amount: { amount: formatAmount(amount), currency } },
    reason,
  });
  const facts = { ...noFacts, activity: [activity] };
  if (due === 'boundary')
    return {
      outcome: { invoice: null, invoicedAtMs: state.usage.endsAtMs },
      state: billed,
      facts,
    };
  const issued = issueInvoices(billed, catalog, { atMs: nowMs, due: 'now', closes: subscription.period });
  return {
    outcome: { invoice: issued.invoices.at(-1) ?? null, invoicedAtMs: nowMs },
    state: issued.state,
    facts: joinFacts(facts, { ...noFacts, invoices: issued.invoices, activity: [...issued.activity] }),
  };
}
