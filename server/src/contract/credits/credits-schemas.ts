import * as z from 'zod';
import { grantUse, lineItem, lineItemKind } from '../gate/gate-schemas.ts';
import {
  creditUnit,
  decimal,
  id,
  instant,
  modelName,
  name,
  pageOf,
  positiveAmount,
  shownUnit,
  text,
} from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  CreditPace,
  Credits,
  Grant,
  GrantAnswer,
  GrantRequest,
  GrantScope,
  GrantSource,
  LedgerEntry,
  LedgerKind,
  RecentChange,
} from './credits.ts';

export const grantSource = tied<GrantSource>()(
  z.enum(['plan', 'baseline', 'sign_up', 'promotional', 'purchase', 'top_up', 'adjustment', 'refund']),
);
const ids = z.array(id).min(1).max(100);
export const grantScope = tied<GrantScope>()(
  z.strictObject({
    kinds: z.array(lineItemKind).min(1).max(4).exactOptional(),
    metrics: ids.exactOptional(),
    models: z.array(modelName).min(1).max(100).exactOptional(),
    categories: ids.exactOptional(),
  }),
);
export const grantRequest = tied<GrantRequest>()(
  z.strictObject({
    amount: positiveAmount,
    unit: creditUnit.exactOptional(),
    source: grantSource.exactOptional(),
    label: name.exactOptional(),
    scope: grantScope.exactOptional(),
    priority: z.int().min(0).max(100).exactOptional(),
    expiresAt: instant.exactOptional(),
    reason: text.exactOptional(),
  }),
);
/** Fields of what is a grant, or is about one. */
export const grantOrigin = {
  planName: z.string().exactOptional(),
  carriedOver: z.literal(true).exactOptional(),
};
export const grant = tied<Grant>()(
  z.strictObject({
    id: z.string(),
    source: grantSource,
    label: z.string().nullable(),
    ...grantOrigin,
    unit: creditUnit,
    amount: decimal,
    remaining: decimal,
    held: decimal,
    priority: z.int(),
    scope: grantScope,
    expiresAt: instant.nullable(),
    createdAt: instant,
  }),
);
export const grantAnswer = tied<GrantAnswer>()(z.strictObject({ grant, available: decimal }));

export const ledgerKind = tied<LedgerKind>()(
  z.enum([
    'grant',
    'debit',
    'hold',
    'release',
    'expiry',
    'reset',
    'adjustment',
    'refund',
    'debt',
    'debt_payment',
  ]),
);
const ledgerEntryShape = {
  id: z.string(),
  kind: ledgerKind,
  amount: decimal,
  unit: creditUnit,
  balanceAfter: decimal,
  grants: z.array(grantUse),
  description: z.string().nullable(),
  more: z.int().positive().exactOptional(),
  grantSource: grantSource.exactOptional(),
  ...grantOrigin,
  holdEnd: z.enum(['settled', 'released', 'expired']).exactOptional(),
  lineItems: z.array(lineItem).exactOptional(),
  memberId: id.exactOptional(),
  agentId: id.exactOptional(),
  taskId: id.exactOptional(),
  holdId: z.string().exactOptional(),
  effectiveAt: instant,
  recordedAt: instant,
};
export const ledgerEntry = tied<LedgerEntry>()(z.strictObject(ledgerEntryShape));
export const ledgerPage = pageOf(ledgerEntry);
export const recentChange = tied<RecentChange>()(
  z.strictObject({ ...ledgerEntryShape, entries: z.array(ledgerEntry).exactOptional() }),
);

export const creditPace = tied<CreditPace>()(
  z.strictObject({
    perDay: decimal,
    runsOutAt: instant.nullable(),
    method: z.literal('mean_of_last_14_days'),
  }),
);
export const credits = tied<Credits>()(
  z.strictObject({
    unit: creditUnit,
    creditLabel: shownUnit,
    available: decimal,
    held: decimal,
    debt: decimal,
    grants: z.array(grant),
    nextToExpire: z.strictObject({ grantId: z.string(), amount: decimal, expiresAt: instant }).nullable(),
    nextReset: z.strictObject({ amount: decimal, at: instant }).nullable(),
    pace: creditPace.nullable(),
    spentThisCycle: decimal,
    countedFrom: instant.exactOptional(),
    recent: z.array(recentChange),
    canPurchase: z.boolean(),
    supportUrl: z.string().exactOptional(),
    timeZone: z.string(),
    asOf: instant,
  }),
);
