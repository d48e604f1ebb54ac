import type { LedgerKind } from '../../contract/credits/credits.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { UseDimensions } from '../usage/state.ts';
import type { GrantLeg, GrantTerms, LedgerRecord, Wallet } from './state.ts';
import { availableOf, legsTotal } from './wallet.ts';

/** The content of one entry; the other fields follow from the wallet after the change. */
export interface EntryDraft {
  readonly id: string;
  readonly accountId: string;
  readonly kind: LedgerKind;
  readonly unit: CreditUnit;
  /** Signed, by grant. */
  readonly legs: readonly GrantLeg[];
  /** Signed: a debt of 5 that is made is -5, one that is paid is 5. */
  readonly debt?: Micros;
  readonly description: string;
  readonly usageId?: string | null;
  readonly holdId?: string | null;
  readonly dimensions?: UseDimensions;
  readonly effectiveAtMs: number;
  readonly recordedAtMs: number;
  readonly grant?: GrantTerms;
  /** What is available in the unit after the change, where it is known. */
  readonly balanceAfter?: Micros;
}

/** The entry for a change that the wallet already shows, and the wallet with the sequence moved on. */
export function recordEntry(wallet: Wallet, draft: EntryDraft): { wallet: Wallet; entry: LedgerRecord } {
  const debt = draft.debt ?? 0n;
  const entry: LedgerRecord = {
    id: draft.id,
    accountId: draft.accountId,
    seq: wallet.nextSeq,
    kind: draft.kind,
    unit: draft.unit,
    amount: legsTotal(draft.legs) + debt,
    legs: draft.legs,
    debt,
    balanceAfter: draft.balanceAfter ?? availableOf(wallet, draft.unit),
    description: draft.description,
    usageId: draft.usageId ?? null,
    memberId: draft.dimensions?.memberId ?? null,
    agentId: draft.dimensions?.agentId ?? null,
    taskId: draft.dimensions?.taskId ?? null,
    holdId: draft.holdId ?? null,
    effectiveAtMs: draft.effectiveAtMs,
    recordedAtMs: draft.recordedAtMs,
    ...(draft.grant === undefined ? {} : { grant: draft.grant }),
  };
  return { wallet: { ...wallet, nextSeq: wallet.nextSeq + 1 }, entry };
}
