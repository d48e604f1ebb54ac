import * as z from 'zod';
import { apiBounds } from '../api-bounds.ts';
import { type ModelUseName, modelUseNames } from '../catalog/model-uses.ts';
import { type RefusalReason, refusals } from '../http/errors.ts';
import type { PauseCause, WindowOwner } from '../usage/usage.ts';
import {
  amount,
  creditUnit,
  decimal,
  id,
  instant,
  modelName,
  shownUnit,
} from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  Action,
  CheckAnswer,
  ConsumeAnswer,
  Cost,
  CreditsLeft,
  GrantUse,
  Item,
  LineItem,
  MetricItem,
  MetricStanding,
  ModelItem,
  Refusal,
  Remaining,
  StorageItem,
  ToolItem,
  UseRequest,
  WindowLeft,
} from './gate.ts';

const tokens = z.int().min(0).max(apiBounds.tokensPerItemMax);

export const metricItem = tied<MetricItem>()(z.strictObject({ metric: id, quantity: amount }));
export const modelItem = tied<ModelItem>()(
  z.strictObject({
    model: modelName,
    provider: id.exactOptional(),
    inputTokens: tokens.exactOptional(),
    outputTokens: tokens.exactOptional(),
    cachedTokens: tokens.exactOptional(),
    cacheWriteTokens: tokens.exactOptional(),
    cacheWriteHourTokens: tokens.exactOptional(),
    reasoningTokens: tokens.exactOptional(),
    audioInputTokens: tokens.exactOptional(),
    cachedAudioTokens: tokens.exactOptional(),
    audioOutputTokens: tokens.exactOptional(),
    imageInputTokens: tokens.exactOptional(),
    cachedImageTokens: tokens.exactOptional(),
    imageOutputTokens: tokens.exactOptional(),
    images: tokens.exactOptional(),
    seconds: amount.exactOptional(),
    characters: tokens.exactOptional(),
    pages: tokens.exactOptional(),
    serviceTier: id.exactOptional(),
  }),
);
export const toolItem = tied<ToolItem>()(
  z.strictObject({
    tool: id,
    integration: id.exactOptional(),
    calls: z.int().min(1).max(apiBounds.tokensPerItemMax),
  }),
);
export const storageItem = tied<StorageItem>()(z.strictObject({ storage: id, quantity: amount }));

export const item = tied<Item>()(z.union([metricItem, modelItem, toolItem, storageItem]));
export const items = z.array(item).min(1).max(apiBounds.itemsPerRequestMax);

/** Who and what an item was for. */
export const dimensionFields = {
  memberId: id.exactOptional(),
  agentId: id.exactOptional(),
  projectId: id.exactOptional(),
  workspaceId: id.exactOptional(),
  taskId: id.exactOptional(),
  apiKeyId: id.exactOptional(),
  category: id.exactOptional(),
  source: id.exactOptional(),
};

/** By capacity id: an amount, or the id of a choice. Both have the form of an id. */
export const needs = z
  .record(id, id)
  .refine((each) => Object.keys(each).length <= apiBounds.needsPerRequestMax, {
    error: `at most ${apiBounds.needsPerRequestMax} capacities`,
  });

export const useRequest = tied<UseRequest>()(
  z.strictObject({ accountId: id, items, ...dimensionFields, needs: needs.exactOptional() }),
);

export const lineItemKind = z.enum(['llm', 'tool', 'storage', 'metric']);
export const lineItem = tied<LineItem>()(
  z.strictObject({
    kind: lineItemKind,
    label: z.string().nullable(),
    integration: z.string().exactOptional(),
    quantity: decimal,
    unit: z.string(),
    of: z
      .enum(['token', 'request', 'call', ...(modelUseNames as [ModelUseName, ...ModelUseName[]])])
      .exactOptional(),
    amount: decimal,
    ownKey: z.literal(true).exactOptional(),
    otherKey: z.literal(true).exactOptional(),
  }),
);
export const cost = tied<Cost>()(
  z.strictObject({ amount: decimal, unit: creditUnit, lineItems: z.array(lineItem) }),
);
export const grantUse = tied<GrantUse>()(z.strictObject({ grantId: z.string(), amount: decimal }));
export const metricStanding = tied<MetricStanding>()(
  z.strictObject({
    metric: id,
    used: decimal,
    included: decimal.nullable(),
    remaining: decimal.nullable(),
    resetsAt: instant.nullable(),
  }),
);
export const creditsLeft = tied<CreditsLeft>()(
  z.strictObject({ available: decimal, held: decimal, unit: creditUnit }),
);
export const pauseCause = tied<PauseCause>()(
  z.enum(['trial_over', 'past_due', 'retries_exhausted', 'ended']),
);
export const windowOwner = tied<WindowOwner>()(z.enum(['account', 'member']));
export const windowLeft = tied<WindowLeft>()(
  z.strictObject({
    window: id,
    metric: id,
    of: windowOwner,
    used: decimal,
    limit: decimal,
    remaining: decimal,
    resetsAt: instant.nullable(),
  }),
);
export const remaining = tied<Remaining>()(
  z.strictObject({
    credits: creditsLeft,
    metrics: z.array(metricStanding),
    windows: z.array(windowLeft),
  }),
);

export const action = tied<Action>()(
  z.strictObject({
    kind: z.enum([
      'buy_credits',
      'upgrade',
      'update_payment',
      'manage_plan',
      'raise_limit',
      'raise_allocation',
      'ask_admin',
      'wait',
      'add_own_key',
    ]),
    label: z.string(),
    href: z.string().exactOptional(),
    currency: z.string().exactOptional(),
    allowed: z.boolean(),
  }),
);

export const refusalReason = tied<RefusalReason>()(
  z.enum(Object.keys(refusals) as [RefusalReason, ...RefusalReason[]]),
);
export const refusal = tied<Refusal>()(
  z.strictObject({
    reason: refusalReason,
    message: z.string(),
    metric: id.exactOptional(),
    label: z.string().exactOptional(),
    unit: shownUnit.exactOptional(),
    window: z.strictObject({ id, label: z.string(), of: windowOwner }).exactOptional(),
    limit: decimal.exactOptional(),
    used: decimal.exactOptional(),
    requested: decimal.exactOptional(),
    available: decimal.exactOptional(),
    resetsAt: instant.exactOptional(),
    retryAfterSeconds: z.int().exactOptional(),
    pausedFor: pauseCause.exactOptional(),
    actions: z.array(action),
  }),
);

export const checkAnswer = tied<CheckAnswer>()(
  z.strictObject({
    allowed: z.boolean(),
    cost,
    refusal: refusal.nullable(),
    remaining,
    creditLabel: shownUnit,
    asOf: instant,
    timeZone: z.string().exactOptional(),
  }),
);
export const consumeAnswer = tied<ConsumeAnswer>()(
  z.strictObject({ id: z.string(), cost, grantsUsed: z.array(grantUse), remaining, asOf: instant }),
);
