import type { ActivityRecord } from './activity/state.ts';
import type { LedgerRecord } from './credits/state.ts';
import type { HoldRecord } from './holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from './invoices/state.ts';
import type { NoticeRecord } from './notices/state.ts';
import type { PurchaseRecord } from './purchases/state.ts';
import type { TaskRecord } from './tasks/state.ts';
import type { UsageRecord } from './usage/state.ts';

/** The facts that a decision adds to the account's history, in order. */
export interface Facts {
  readonly entries: readonly LedgerRecord[];
  readonly usage: readonly UsageRecord[];
  /** New or changed holds. */
  readonly holds: readonly HoldRecord[];
  /** New or changed tasks. */
  readonly tasks: readonly TaskRecord[];
  /** New or changed purchases. */
  readonly purchases: readonly PurchaseRecord[];
  /** New or changed invoices and credit notes. */
  readonly invoices: readonly InvoiceRecord[];
  /** New or changed charges. */
  readonly charges: readonly ChargeRecord[];
  readonly activity: readonly ActivityRecord[];
  /** The notices to the account. */
  readonly notices: readonly NoticeRecord[];
}

/** Nothing happened. */
export const noFacts: Facts = {
  entries: [],
  usage: [],
  holds: [],
  tasks: [],
  purchases: [],
  invoices: [],
  charges: [],
  activity: [],
  notices: [],
};

/** One command's facts after another's, in order. */
export function joinFacts(first: Facts, second: Facts): Facts {
  if (first === noFacts) return second;
  if (second === noFacts) return first;
  return {
    entries: [...first.entries, ...second.entries],
    usage: [...first.usage, ...second.usage],
    holds: [...first.holds, ...second.holds],
    tasks: [...first.tasks, ...second.tasks],
    purchases: [...first.purchases, ...second.purchases],
    invoices: [...first.invoices, ...second.invoices],
    charges: [...first.charges, ...second.charges],
    activity: [...first.activity, ...second.activity],
    notices: [...first.notices, ...second.notices],
  };
}
