import { lesserOf, type Micros, sumOf } from '../amounts/amounts.ts';
import { restOf, withCarry } from '../amounts/rounding.ts';
import { endGrant, hasSpendableAfterEnd } from '../credits/grant-end.ts';
import { recordEntry } from '../credits/ledger.ts';
import type { GrantPart, LedgerRecord } from '../credits/state.ts';
import { debtOf, withDebt, withGivenBack } from '../credits/wallet.ts';
import type { DecisionContext } from '../decision.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState } from '../state.ts';
import { givenBack } from '../stored-words/stored-names.ts';
import type { ChargeLine } from '../usage/state.ts';
import type { TaskRecord } from './state.ts';

/**
 * Refunds the charges of a task to the grants that paid, on their original terms, and cancels its debt. If the debt has been paid
 * since, the grants that paid it get it back. A refund to an ended grant expires at once. Remainders that its lines left for
 * later charges are dropped, and the lines say so.
 */
export function refundTask(
  context: DecisionContext,
  task: TaskRecord,
): { state: AccountState; entries: LedgerRecord[]; lines: readonly ChargeLine[] } {
  const { nowMs, recordedAtMs } = context;
  const lines = task.lines.map(withoutRest);
  const state = {
    ...context.state,
    wallet: withCarry(context.state.wallet, task.unit, -restOf(task.lines)),
  };
  if (task.paid === 0n) return { state, entries: [], lines };
  const owed = task.paid - sumOf(task.paidFrom.map(({ amount }) => amount));
  const forgiven = lesserOf(owed, debtOf(state.wallet, task.unit));
  const { taken, left: paidDebts } = takeLatest(state.paidDebts, task.unit, owed - forgiven);
  const parts = mergedParts(task.paidFrom, taken);
  const refundId = deriveId(task.id, 'refund');
  const entry = {
    accountId: task.accountId,
    dimensions: task.dimensions,
    effectiveAtMs: nowMs,
    recordedAtMs,
  };
  const refunded = recordEntry(withDebt(withGivenBack(state.wallet, parts), task.unit, -forgiven), {
    ...entry,
    id: refundId,
    kind: 'refund',
    unit: task.unit,
    legs: parts.map(({ grant, amount }) => ({ grantId: grant.id, amount })),
    debt: forgiven,
    description: givenBack.ofTask(task.name),
  });
  const entries = [refunded.entry];
  let { wallet } = refunded;
  for (const grant of refunded.wallet.grants) {
    if (!hasSpendableAfterEnd(grant, nowMs)) continue;
    const ended = endGrant(wallet, grant, { ...entry, id: deriveId(refundId, 'end', grant.id) });
    wallet = ended.wallet;
    entries.push(ended.entry);
  }
  return { state: { ...state, wallet, paidDebts }, entries, lines };
}

function withoutRest({ rest: _, ...line }: ChargeLine): ChargeLine {
  return line;
}

/** Parts of both, each grant once. */
export function mergedParts(first: readonly GrantPart[], second: readonly GrantPart[]): GrantPart[] {
  const parts = new Map<string, GrantPart>();
  for (const { grant, amount } of [...first, ...second])
    parts.set(grant.id, { grant, amount: (parts.get(grant.id)?.amount ?? 0n) + amount });
  return [...parts.values()];
}

/** Takes an amount from the parts of a unit, the latest first, and returns the rest. */
export function takeLatest(
  parts: readonly GrantPart[],
  unit: string,
  amount: Micros,
): { taken: GrantPart[]; left: GrantPart[] } {
  const taken: GrantPart[] = [];
  const left: GrantPart[] = [];
  let due = amount;
  for (const part of parts.toReversed()) {
    const back = part.grant.unit === unit ? lesserOf(part.amount, due) : 0n;
    if (back > 0n) taken.push({ ...part, amount: back });
    if (part.amount > back) left.unshift({ ...part, amount: part.amount - back });
    due -= back;
  }
  return { taken, left };
}
