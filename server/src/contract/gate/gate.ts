import type { ModelUseName } from '../catalog/model-uses.ts';
import type { RefusalReason } from '../http/errors.ts';
import type { PauseCause, WindowOwner } from '../usage/usage.ts';
import type { CreditUnit, DecimalString, Instant, ShownUnit } from '../values/amount.ts';

/** So much of a metric: `{ metric: 'emails', quantity: '3' }`. */
export interface MetricItem {
  metric: string;
  /** At least 0; a gauge's change may be negative in events. */
  quantity: DecimalString;
}

/**
 * One request to a model. Counts are whole numbers, 0 to 1e9; 0 by default. No two of them overlap: `inputTokens` does not
 * include cached tokens, and `outputTokens` does not include reasoning.
 */
export interface ModelItem {
  /** A model's id, one of its aliases, or a name that fits one of its patterns. */
  model: string;
  provider?: string;
  inputTokens?: number;
  outputTokens?: number;
  /** The part of the input that was read from a cache. */
  cachedTokens?: number;
  /** The part of the input that was written to a cache which keeps it for minutes. */
  cacheWriteTokens?: number;
  /** The part of the input that was written to a cache which keeps it for an hour. */
  cacheWriteHourTokens?: number;
  /** The part of the output that is reasoning. */
  reasoningTokens?: number;
  audioInputTokens?: number;
  /** Audio that was read from a cache. */
  cachedAudioTokens?: number;
  audioOutputTokens?: number;
  imageInputTokens?: number;
  /** Images that were read from a cache, in tokens. */
  cachedImageTokens?: number;
  imageOutputTokens?: number;
  /** Images that are priced each. */
  images?: number;
  /** Seconds of audio or video, such as "12.5". */
  seconds?: DecimalString;
  characters?: number;
  pages?: number;
  /** How the provider served it, such as `batch`: a key of the price's `serviceTiers`, or `standard`, which is the default. */
  serviceTier?: string;
}

/** The use of a request to a model, without the model's name. */
export type ModelRequestUse = Omit<ModelItem, 'model' | 'provider'>;

/** So many calls of a tool, priced by integration where the rate card does. */
export interface ToolItem {
  tool: string;
  integration?: string;
  /** At least 1. */
  calls: number;
}

/** So much storage of a kind, such as `knowledge_base` or `traces`. */
export interface StorageItem {
  storage: string;
  quantity: DecimalString;
}

/** The reported or requested use. */
export type Item = MetricItem | ModelItem | ToolItem | StorageItem;

/** Who and what an item was for; each an id of the host's, at most `apiBounds.idCharactersMax` characters. */
export interface Dimensions {
  /**
   * Whose use it is. Like every dimension it is the host's word and need not be a member that the host made: use of people from before
   * the account had members is shown under their id, and is charged. A misspelt id is charged too. Only a token needs a member.
   */
  memberId?: string;
  agentId?: string;
  projectId?: string;
  workspaceId?: string;
  taskId?: string;
  /** The API key that the account's own code called the host with: the host's id or name of it, never its secret. */
  apiKeyId?: string;
  /** An id of the catalog's categories. */
  category?: string;
  /** The kind of caller: `agent`, `automation`, `app` or a word of the host's. */
  source?: string;
}

/** Body of `POST /v1/check`, `POST /v1/consume`, and the head of a hold. */
export interface UseRequest extends Dimensions {
  accountId: string;
  /** 1 to `apiBounds.itemsPerRequestMax`. */
  items: Item[];
  /**
   * The work's needs against the plan's limits that are not usage, by capacity id: the number including this work, such as `{
   * machines: '3' }`, or its choice, such as `{ machine_type: 'large' }`. The host counts its own machines.
   */
  needs?: Record<string, string>;
}

/** What a line charges. */
export type LineItemKind = 'llm' | 'tool' | 'storage' | 'metric';

/** One charge. The lines of a debit sum to it exactly. */
export interface LineItem {
  kind: LineItemKind;
  /** The model (or its tier label where names are not shown), tool, storage kind or metric; null where the catalog names none any more. */
  label: string | null;
  integration?: string;
  /** How much was charged for, in `unit`. */
  quantity: DecimalString;
  /** The catalog's name for it; where `of` stands, that in English, for those who read the API as it is. */
  unit: string;
  /** What is counted, where the catalog does not name it. */
  of?: 'token' | 'request' | 'call' | ModelUseName;
  /**
   * The amount charged for it, in the cost's unit: the whole millionths of its exact cost plus the remainder of earlier lines. A
   * line that costs less than a millionth may show 0; its remainder is charged with later lines.
   */
  amount: DecimalString;
  /** Present where the account's own key was used and therefore nothing was charged. */
  ownKey?: true;
  /** Present in a check's answer where the account has keys of its own, all for other providers, so that this request is charged. */
  otherKey?: true;
}

/** What a use costs, with a line for each thing used. `unit` is credits or a currency. */
export interface Cost {
  amount: DecimalString;
  unit: CreditUnit;
  lineItems: LineItem[];
}

/** The amount that a debit took from one grant. */
export interface GrantUse {
  grantId: string;
  amount: DecimalString;
}

/** Where one metric stands after the decision. */
export interface MetricStanding {
  metric: string;
  used: DecimalString;
  /** The allowance of the cycle; null without a cap. */
  included: DecimalString | null;
  /** The amount that can still be used before the gate refuses; null without a bound. */
  remaining: DecimalString | null;
  resetsAt: Instant | null;
}

/** Where one window of time stands after the decision. */
export interface WindowLeft {
  /** An id of the plan's windows. */
  window: string;
  /** A metric's id, or `credits` for charges. */
  metric: string;
  /** Counts the use of the account, or of the member that the request names. */
  of: WindowOwner;
  /** Includes amounts set aside by open holds. */
  used: DecimalString;
  limit: DecimalString;
  remaining: DecimalString;
  /** When it ends and a new one begins; of a rolling one when it next gives back. Null while nothing is counted in it. */
  resetsAt: Instant | null;
}

/** The remaining amounts after the decision. */
export interface Remaining {
  credits: CreditsLeft;
  metrics: MetricStanding[];
  /** Those that the items count in. */
  windows: WindowLeft[];
}

/** What is left after a use. `available` is what the gate admits. */
export interface CreditsLeft {
  available: DecimalString;
  held: DecimalString;
  unit: CreditUnit;
}

/** Something that would let the use through. `href` is the host's own address, where the catalog names one. */
export interface Action {
  kind:
    | 'buy_credits'
    | 'upgrade'
    | 'update_payment'
    | 'manage_plan'
    | 'raise_limit'
    | 'raise_allocation'
    | 'ask_admin'
    | 'wait'
    | 'add_own_key';
  /** A button's words in English, such as 'Buy credits'; a client that speaks other languages words `kind`. */
  label: string;
  href?: string;
  /** For `buy_credits` where the balance is money: its ISO 4217 code. A client that words `kind` says 'Add funds' then. */
  currency?: string;
  /** Whether the caller's role may do it; where not, an owner or admin can. */
  allowed: boolean;
}

/** Why a use was refused, with the figures: the rule, the requested and the available amount, and the remedies. */
export interface Refusal {
  reason: RefusalReason;
  /** One sentence in English; a client that speaks other languages words the fields. */
  message: string;
  metric?: string;
  /** The catalog's name of the metric or the capacity that the limit is of. */
  label?: string;
  /** The unit of the figures; absent without figures. */
  unit?: ShownUnit;
  /** The window of time whose limit was met, for `window_limit_reached`. */
  window?: { id: string; label: string; of: WindowOwner };
  /** The limit that was met, in the metric's unit or in credits. */
  limit?: DecimalString;
  used?: DecimalString;
  requested?: DecimalString;
  available?: DecimalString;
  /** When the same use would pass if nothing else is used; absent where waiting does not help. */
  resetsAt?: Instant;
  /** Only where waiting minutes helps. */
  retryAfterSeconds?: number;
  /** Why it is paused, for `metric_paused`; absent where the reader may not see billing. */
  pausedFor?: PauseCause;
  actions: Action[];
}

/** Answer of `POST /v1/check`, 200 whether it would pass or not. It changes nothing. */
export interface CheckAnswer {
  allowed: boolean;
  cost: Cost;
  /** Null when allowed. */
  refusal: Refusal | null;
  remaining: Remaining;
  /** What the catalog calls a credit; the currency too, where the balance is money. */
  creditLabel: ShownUnit;
  asOf: Instant;
  /** The account's zone. */
  timeZone?: string;
}

/** Answer of `POST /v1/consume` when it was let through: decided, debited and recorded durably. */
export interface ConsumeAnswer {
  /** Id of the usage record; `explain` takes it. */
  id: string;
  cost: Cost;
  grantsUsed: GrantUse[];
  remaining: Remaining;
  asOf: Instant;
}
