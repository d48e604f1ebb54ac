import type { Profile } from '../../server/src/domain/accounts/state.ts';
import type { LedgerRecord } from '../../server/src/domain/credits/state.ts';
import {
  type ChargeRecord,
  type InvoiceRecord,
  nothingBilled,
} from '../../server/src/domain/invoices/state.ts';
import type { NoticeRecord } from '../../server/src/domain/notices/state.ts';
import { idleTopUp, type PurchaseRecord } from '../../server/src/domain/purchases/state.ts';
import type { AccountState } from '../../server/src/domain/state.ts';
import { newSubscription } from '../../server/src/domain/subscription/billing/period.ts';
import type { TaskRecord } from '../../server/src/domain/tasks/state.ts';
import type { UsageCell, UsageRecord } from '../../server/src/domain/usage/state.ts';
import type { Command } from '../../server/src/store/group-commit/group-commit.ts';
import type { Decided, KeptAnswer, Loaded, Store } from '../../server/src/store/store.ts';

export const nowMs = Date.UTC(2026, 10, 20, 8);
export const today = Math.floor(nowMs / 86_400_000);

/** An account with one grant of so many millionths of a credit. */
export function sampleAccount(id: string, credits = 0n): AccountState {
  const profile: Profile = {
    id,
    kind: 'organization',
    name: `Account ${id}`,
    timeZone: 'America/New_York',
    nextTimeZone: null,
    currency: 'USD',
    planId: 'pro',
    catalogVersion: 1,
    anchorAtMs: nowMs,
    testClockId: null,
    signUpCreditEligible: true,
    moneyPreview: false,
    createdAtMs: nowMs,
    ownKeys: { openai: { label: 'Ours', lastFour: 'abcd' } },
    ownLimits: { requests: 5_000_000n },
    autoTopUp: { enabled: true, threshold: 10n ** 18n, packId: 'small', chargesPerCycleMax: null },
    paymentMethod: null,
  };
  return {
    profile,
    subscription: newSubscription(profile, { index: 0, startsAtMs: nowMs }),
    billing: {
      ...nothingBilled,
      numbered: { invoice: 7, credit_note: 1 },
      carried: { USD: -1_230_000n },
      unpaid: [
        {
          id: 'i-7',
          number: 'INV-7',
          currency: 'USD',
          amountDue: 30_000_000n,
          issuedAtMs: nowMs,
          dueAtMs: null,
          isPastDue: false,
          failures: 0,
          attempts: 0,
          nextChargeAtMs: null,
          charge: null,
          lastFailure: null,
        },
      ],
    },
    wallet: {
      grants: [
        {
          id: 'g-1',
          source: 'plan',
          label: 'Monthly credits',
          unit: 'credits',
          amount: credits,
          remaining: credits,
          held: 0n,
          priority: 10,
          scope: { models: ['small'] },
          expiresAtMs: null,
          createdAtMs: nowMs,
        },
      ],
      carry: { credits: 5n * 10n ** 23n, USD: -1n },
      debts: { credits: 0n },
      nextSeq: 1,
    },
    usage: {
      startsAtMs: nowMs,
      endsAtMs: nowMs + 30 * 86_400_000,
      index: 0,
      counters: { requests: 0n },
      gauges: {
        seats: {
          value: 3_000_000n,
          setAtMs: nowMs,
          base: 1_000_000n,
          changes: [{ atMs: nowMs, quantity: 2_000_000n }],
        },
      },
      spent: {},
      byMember: { ann: { requests: 10n ** 19n } },
      windows: { 'day 0 requests': [{ startsAtMs: nowMs, endsAtMs: nowMs + 86_400_000, used: 7n }] },
      invoiced: { requests: 3_000_000n },
      invoicedFromMs: nowMs + 1,
      carried: { requests: 1n },
    },
    earlierCycles: [],
    holds: [],
    runningTasks: 0,
    memberCount: 3,
    allocations: {},
    memberWindows: {
      ann: { 'day 0 requests': [{ startsAtMs: nowMs, endsAtMs: nowMs + 86_400_000, used: 7n }] },
    },
    topUp: idleTopUp,
    paidDebts: [],
    outsideCounters: { cycleIndex: 2, moved: { storage: 5_000_000n }, backfilled: { emails: 7n } },
    baselineGiven: false,
    unpriced: null,
    version: 1,
  };
}

/** The account after so many entries. */
export function afterEntries(state: AccountState, count: number): AccountState {
  return { ...state, wallet: { ...state.wallet, nextSeq: count + 1 } };
}

export function creditsOf(state: AccountState | undefined): bigint {
  return state?.wallet.grants[0]?.remaining ?? 0n;
}

/** Puts the account where there is none. */
export async function putAccount(store: Store, state: AccountState): Promise<void> {
  await store.write({ accountIds: [state.profile.id] }, () => ({
    writes: { accounts: [state] },
    result: undefined,
  }));
}

export interface Spending {
  accountId: string;
  /** Idempotency key; also names entry and usage record. */
  key: string;
  amount?: bigint;
  atMs?: number;
}

export type SpendResult = 'spent' | 'refused' | 'replayed';

/** Takes an amount from the account's only grant, once a key: what a consume is to a store, with as little of it as will do. */
export function spend({ accountId, key, amount = 1_000_000n, atMs = nowMs }: Spending): Command<SpendResult> {
  return {
    needs: { accountIds: [accountId], answers: [{ accountId, key }] },
    priority: 'gate',
    rows: 5,
    decide: (loaded) => decideSpend(loaded, accountId, key, amount, atMs),
  };
}

function decideSpend(
  loaded: Loaded,
  accountId: string,
  key: string,
  amount: bigint,
  atMs: number,
): Decided<SpendResult> {
  if (loaded.answer(accountId, key) !== undefined) return { writes: {}, result: 'replayed' };
  const state = loaded.account(accountId);
  const grant = state?.wallet.grants[0];
  if (state === undefined || grant === undefined || grant.remaining < amount)
    return { writes: {}, result: 'refused' };
  const remaining = grant.remaining - amount;
  const used = state.usage.counters.requests ?? 0n;
  const next: AccountState = {
    ...state,
    wallet: { ...state.wallet, grants: [{ ...grant, remaining }], nextSeq: state.wallet.nextSeq + 1 },
    usage: { ...state.usage, counters: { ...state.usage.counters, requests: used + 1_000_000n } },
    version: state.version + 1,
  };
  return {
    writes: {
      accounts: [next],
      entries: [
        sampleEntry(accountId, state.wallet.nextSeq, {
          id: debitIdOf(key),
          usageId: `u-${key}`,
          effectiveAtMs: atMs,
          amount: -amount,
          balanceAfter: remaining,
        }),
      ],
      usage: [sampleUsage(accountId, `u-${key}`, { atMs, charge: amount })],
      cells: [
        sampleCell(accountId, { metric: 'requests', quantity: 1_000_000n }),
        sampleCell(accountId, { metric: 'credits', quantity: amount }),
        sampleCell(accountId, { metric: 'credits', dimension: 'model', value: 'small', quantity: amount }),
      ],
      answers: [sampleAnswer(accountId, key)],
    },
    result: 'spent',
  };
}

/** Of the entry of `spend`, which stands in the row of its use. */
export function debitIdOf(key: string): string {
  return `u-${key}~debit`;
}

export function sampleEntry(accountId: string, seq: number, parts: Partial<LedgerRecord> = {}): LedgerRecord {
  return {
    id: `e-${seq}`,
    accountId,
    seq,
    kind: 'debit',
    unit: 'credits',
    amount: -1_000_000n,
    legs: [{ grantId: 'g-1', amount: -1_000_000n }],
    debt: 0n,
    balanceAfter: 0n,
    description: 'Search "quoted", ünïcode',
    usageId: 'u-1',
    memberId: 'ann',
    agentId: null,
    taskId: null,
    holdId: null,
    effectiveAtMs: nowMs,
    recordedAtMs: nowMs + 1,
    ...parts,
  };
}

export function sampleUsage(accountId: string, id: string, parts: Partial<UsageRecord> = {}): UsageRecord {
  return {
    id,
    accountId,
    atMs: nowMs,
    recordedAtMs: nowMs + 1,
    dimensions: { memberId: 'ann', category: 'search' },
    counts: [{ metric: 'requests', quantity: 1_000_000n, model: 'small', tier: 'basic' }],
    lines: [
      {
        kind: 'llm',
        ref: 'small',
        tier: 'basic',
        provider: 'openai',
        quantity: 1_000_000n,
        unit: 'requests',
        amount: 1_000_000n,
        rate: '1 a request',
      },
      {
        kind: 'tool',
        ref: 'search',
        integration: 'web',
        quantity: 1_000_000n,
        unit: 'calls',
        amount: 0n,
        rate: '0 a call',
        ownKey: true,
      },
    ],
    charge: 1_000_000n,
    unit: 'credits',
    grantsUsed: [{ grantId: 'g-1', amount: 1_000_000n }],
    backfill: false,
    ...parts,
  };
}

export function sampleCell(accountId: string, parts: Partial<UsageCell> = {}): UsageCell {
  return {
    accountId,
    day: today,
    metric: 'requests',
    dimension: '',
    value: '',
    quantity: 1_000_000n,
    ...parts,
  };
}

export function sampleAnswer(accountId: string, key: string, parts: Partial<KeptAnswer> = {}): KeptAnswer {
  return {
    accountId,
    key,
    requestHash: '0123456789abcdef0123456789abcdef',
    status: 200,
    body: JSON.stringify({ ok: true, note: `"${key}" – ✓` }),
    recordedAtMs: nowMs,
    ...parts,
  };
}

export function sampleTask(accountId: string, id: string, parts: Partial<TaskRecord> = {}): TaskRecord {
  return {
    id,
    accountId,
    name: 'Weekly report',
    status: 'completed',
    dimensions: { agentId: 'writer', memberId: 'ann' },
    estimate: 2_000_000n,
    estimateItems: [{ model: 'small', inputTokens: 10 }],
    holdId: null,
    held: 0n,
    cost: 1_000_000n,
    paid: 1_000_000n,
    counted: [{ usageId: 'u-1', atMs: nowMs, counts: [{ metric: 'requests', quantity: 1_000_000n }] }],
    paidFrom: [],
    refunded: 0n,
    unit: 'credits',
    lines: [],
    result: 'done',
    error: null,
    createdAtMs: nowMs,
    startedAtMs: nowMs,
    endedAtMs: null,
    updatedAtMs: nowMs,
    ...parts,
  };
}

export function sampleInvoice(
  accountId: string,
  id: string,
  parts: Partial<InvoiceRecord> = {},
): InvoiceRecord {
  const party = {
    name: 'Größe & Söhne 株式会社',
    addressLines: ['Weg 1', '10115 Berlin'],
    taxId: null,
    email: null,
  };
  return {
    id,
    accountId,
    kind: 'invoice',
    number: `INV-${id}`,
    corrects: null,
    status: 'open',
    currency: 'USD',
    periodStartsAtMs: nowMs,
    periodEndsAtMs: nowMs + 86_400_000,
    createdAtMs: nowMs,
    dueAtMs: nowMs + 7 * 86_400_000,
    paidAtMs: null,
    seller: party,
    buyer: party,
    lines: [
      {
        id: `${id}~line~1`,
        kind: 'overage',
        subject: 'Runs',
        metric: 'runs',
        quantity: 12_500_000n,
        unit: { one: 'run', other: 'runs' },
        rateText: '0.1 a run',
        rate: 100_000n,
        ratePer: 1,
        share: null,
        coversFromMs: nowMs,
        coversToMs: nowMs + 86_400_000,
        amount: 1_250_000n,
        causeId: 'cycle~1',
      },
    ],
    total: 1_250_000n,
    amountPaid: 0n,
    credited: 0n,
    note: null,
    timeZone: 'UTC',
    ...parts,
  };
}

export function sampleCharge(accountId: string, id: string, parts: Partial<ChargeRecord> = {}): ChargeRecord {
  return {
    id,
    accountId,
    purpose: 'invoice',
    invoiceId: 'i-1',
    status: 'ordered',
    amount: 1_250_000n,
    refunded: 0n,
    surplus: 0n,
    currency: 'USD',
    paymentMethodId: 'card-1',
    description: 'Invoice INV-1',
    attempt: 0,
    attended: false,
    failure: null,
    actionUrl: null,
    refunds: [],
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    ...parts,
  };
}

export function sampleNotice(accountId: string, id: string, parts: Partial<NoticeRecord> = {}): NoticeRecord {
  return {
    id,
    accountId,
    atMs: nowMs,
    createdAtMs: nowMs,
    subject: { type: 'credits.out', unit: 'credits', available: -2_500_000n },
    mailTo: 'ops@example.com',
    deliveries: null,
    dueAtMs: nowMs,
    ...parts,
  };
}

/** A purchase that waits for its payment. */
export function samplePurchase(): PurchaseRecord {
  return {
    id: 'p-1',
    accountId: 'a',
    packId: 'small',
    source: 'purchase',
    status: 'ordered',
    credits: 100_000_000n,
    bonus: 0n,
    unit: 'credits',
    price: 10_000_000n,
    taxes: [{ label: 'VAT', amount: 1_900_000n }],
    invoiceId: null,
    currency: 'USD',
    paymentMethodId: 'card-1',
    failure: null,
    actionUrl: null,
    memberId: 'ann',
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}
