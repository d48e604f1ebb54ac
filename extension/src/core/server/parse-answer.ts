import {
  type Action,
  type Blocked,
  blockReasons,
  type ChangeMessage,
  type Credits,
  type CreditsLeft,
  callerKinds,
  type MeterLevel,
  meterLevels,
  type RefusedLately,
  type ShownUnit,
  type StreamMessage,
  type Summary,
  type SummaryMeter,
  type UnitLabel,
  type Usage,
  type Whoami,
  type WindowMeter,
  windowKinds,
} from '@usagekit/server/contract';

/** The address answered, but not as a UsageKit server of this version does. */
export class NotUnderstoodError extends Error {
  /** Where in the answer. */
  readonly path: string;
  constructor(path: string) {
    super(`The answer was not understood at ${path}.`);
    this.name = 'NotUnderstoodError';
    this.path = path;
  }
}

type Fields = Record<string, unknown>;

/**
 * Reads a summary. Fields that the popup and badge use are checked one by one; unknown fields are ignored.
 * @throws NotUnderstoodError
 */
export function parseSummary(value: unknown): Summary {
  const summary = toFields(value, 'summary');
  return {
    accountId: toText(summary, 'accountId'),
    accountName: toText(summary, 'accountName'),
    planName: toTextOrNull(summary, 'planName'),
    credits: toCreditsLeft(summary.credits),
    creditLabel: toShownUnit(summary.creditLabel, 'creditLabel'),
    creditsIncluded: toAmountOrNull(summary, 'creditsIncluded'),
    level: toLevel(summary.level),
    meters: toList(summary, 'meters').map(toMeter),
    // Servers of before there were windows tell none.
    windows: summary.windows === undefined ? [] : toList(summary, 'windows').map(toWindow),
    blocked: toBlocked(summary.blocked),
    ...(summary.refusedLately === undefined ? {} : { refusedLately: toRefusedLately(summary.refusedLately) }),
    pastDue: summary.pastDue === true,
    cycleStartsAt: toInstant(summary, 'cycleStartsAt'),
    ...(summary.countedFrom === undefined ? {} : { countedFrom: toInstant(summary, 'countedFrom') }),
    resetsAt: toInstantOrNull(summary, 'resetsAt'),
    // Servers of before told the cycle's end alone.
    ...(summary.creditsResetAt === undefined
      ? {}
      : { creditsResetAt: toInstantOrNull(summary, 'creditsResetAt') }),
    billingUrl: toTextOrNull(summary, 'billingUrl'),
    // Servers of before told the billing page alone.
    ...(summary.usageUrl === undefined ? {} : { usageUrl: toText(summary, 'usageUrl') }),
    ...(summary.tasksUrl === undefined ? {} : { tasksUrl: toText(summary, 'tasksUrl') }),
    pollAfterSeconds: toNumber(summary, 'pollAfterSeconds'),
    version: toNumber(summary, 'version'),
    asOf: toInstant(summary, 'asOf'),
  };
}

/** Reads a message of the socket. @throws NotUnderstoodError, if it is not a message; returns null for an unknown kind. */
export function parseStreamMessage(text: string): StreamMessage | null {
  const message = toFields(parseJson(text), 'message');
  if (message.type === 'beat') return { type: 'beat' };
  if (message.type === 'hello') {
    return { type: 'hello', accountId: toText(message, 'accountId'), version: toNumber(message, 'version') };
  }
  return message.type === 'change' ? toChange(message) : null;
}

/** @throws NotUnderstoodError */
export function parseWhoami(value: unknown): Pick<Whoami, 'caller' | 'accountId' | 'role'> {
  const whoami = toFields(value, 'whoami');
  return {
    caller: oneOf(callerKinds, whoami.caller, 'caller'),
    accountId: toTextOrNull(whoami, 'accountId'),
    role: toTextOrNull(whoami, 'role') as Whoami['role'],
  };
}

/** Checks the frame of a usage answer; its widgets draw the rest as it comes. @throws NotUnderstoodError */
export function parseUsage(value: unknown): Usage {
  const usage = toFields(value, 'usage');
  toText(usage, 'accountId');
  toInstant(usage, 'asOf');
  toFields(usage.cycle, 'cycle');
  for (const name of ['categories', 'groups', 'myUsage']) toList(usage, name);
  for (const group of toList(usage, 'groups')) toList(toFields(group, 'groups'), 'meters');
  // Servers of before there were windows tell none.
  return {
    ...usage,
    windows: usage.windows === undefined ? [] : toList(usage, 'windows'),
  } as unknown as Usage;
}

/** Checks the frame of a credits answer; its widget draws the rest as it comes. @throws NotUnderstoodError */
export function parseCredits(value: unknown): Credits {
  const credits = toFields(value, 'credits');
  for (const name of ['available', 'held', 'debt', 'spentThisCycle']) toAmount(credits, name);
  for (const name of ['grants', 'recent']) toList(credits, name);
  toInstant(credits, 'asOf');
  return value as Credits;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(new NotUnderstoodError('JSON'), { cause });
  }
}

function toChange(message: Fields): ChangeMessage {
  return {
    type: 'change',
    accountId: toText(message, 'accountId'),
    version: toNumber(message, 'version'),
    since: typeof message.since === 'number' ? message.since : 0,
    moved: toMoved(message.moved),
    views: toList(message, 'views').filter(
      (view): view is ChangeMessage['views'][number] => typeof view === 'string',
    ),
    credits: toCreditsLeft(message.credits),
    level: toLevel(message.level),
    blocked: message.blocked === true,
    taskIds: toList(message, 'taskIds').filter((id) => typeof id === 'string'),
    asOf: toInstant(message, 'asOf'),
  };
}

function toWindow(value: unknown): WindowMeter {
  const fields = toFields(value, 'windows');
  return {
    id: toText(fields, 'id'),
    label: toText(fields, 'label'),
    metric: toText(fields, 'metric'),
    unit: toShownUnit(fields.unit, 'windows.unit'),
    of: fields.of === 'member' ? 'member' : 'account',
    kind: oneOf(windowKinds, fields.kind, 'windows.kind'),
    minutes: fields.minutes === null ? null : toNumber(fields, 'minutes'),
    used: toAmountOrNull(fields, 'used'),
    held: toAmountOrNull(fields, 'held'),
    limit: toAmountOrNull(fields, 'limit'),
    percent: toNumber(fields, 'percent'),
    level: toLevel(fields.level),
    startsAt: toInstantOrNull(fields, 'startsAt'),
    resetsAt: toInstantOrNull(fields, 'resetsAt'),
  };
}

/** The badge and the popup need only the summary of a message. */
function toMoved(value: unknown): ChangeMessage['moved'] {
  const { summary, usage, credits } = (value ?? {}) as Fields;
  return {
    ...(summary !== undefined && { summary: parseSummary(summary) }),
    ...(usage !== undefined && { usage: parseUsage(usage) }),
    ...(credits !== undefined && { credits: parseCredits(credits) }),
  };
}

function toMeter(value: unknown): SummaryMeter {
  const meter = toFields(value, 'meters');
  return {
    metric: toText(meter, 'metric'),
    label: toText(meter, 'label'),
    unit: toUnitLabel(meter.unit, 'unit'),
    used: toAmountOrNull(meter, 'used'),
    included: toAmountOrNull(meter, 'included'),
    percent: meter.percent === null ? null : toNumber(meter, 'percent'),
    level: toLevel(meter.level),
    resetsAt: toInstantOrNull(meter, 'resetsAt'),
  };
}

function toBlocked(value: unknown): Blocked | null {
  if (value === null || value === undefined) return null;
  const blocked = toFields(value, 'blocked');
  return {
    reason: oneOf(blockReasons, blocked.reason, 'reason'),
    metric: toTextOrNull(blocked, 'metric'),
    message: toText(blocked, 'message'),
    resetsAt: toInstantOrNull(blocked, 'resetsAt'),
    actions: toList(blocked, 'actions').map(toAction),
  };
}

function toRefusedLately(value: unknown): RefusedLately {
  const refused = toFields(value, 'refusedLately');
  return {
    reason: toText(refused, 'reason') as RefusedLately['reason'],
    metric: toTextOrNull(refused, 'metric'),
    at: toInstant(refused, 'at'),
  };
}

function toAction(value: unknown): Action {
  const action = toFields(value, 'actions');
  return {
    kind: toText(action, 'kind') as Action['kind'],
    label: toText(action, 'label'),
    ...(typeof action.href === 'string' ? { href: action.href } : {}),
    ...(typeof action.currency === 'string' ? { currency: action.currency } : {}),
    allowed: action.allowed === true,
  };
}

function toCreditsLeft(value: unknown): CreditsLeft | null {
  if (value === null || value === undefined) return null;
  const credits = toFields(value, 'credits');
  return {
    available: toAmount(credits, 'available'),
    held: toAmount(credits, 'held'),
    unit: toText(credits, 'unit'),
  };
}

function toUnitLabel(value: unknown, path: string): UnitLabel {
  const label = toFields(value, path);
  return { one: toText(label, 'one'), other: toText(label, 'other') };
}

function toShownUnit(value: unknown, path: string): ShownUnit {
  const { currency } = toFields(value, path);
  const label = toUnitLabel(value, path);
  return typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? { ...label, currency } : label;
}

function toLevel(value: unknown): MeterLevel {
  return oneOf(meterLevels, value, 'level');
}

function oneOf<Known>(known: readonly Known[], value: unknown, path: string): Known {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new NotUnderstoodError(path);
  return found;
}

function toFields(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotUnderstoodError(path);
  return value as Fields;
}

function toList(fields: Fields, name: string): unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw new NotUnderstoodError(name);
  return value;
}

function toText(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new NotUnderstoodError(name);
  return value;
}

function toTextOrNull(fields: Fields, name: string): string | null {
  return fields[name] === null || fields[name] === undefined ? null : toText(fields, name);
}

function toNumber(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new NotUnderstoodError(name);
  return value;
}

function toAmount(fields: Fields, name: string): string {
  const value = toText(fields, name);
  if (!/^-?\d{1,16}(\.\d{1,6})?$/.test(value)) throw new NotUnderstoodError(name);
  return value;
}

function toAmountOrNull(fields: Fields, name: string): string | null {
  return fields[name] === null || fields[name] === undefined ? null : toAmount(fields, name);
}

function toInstant(fields: Fields, name: string): string {
  const value = toText(fields, name);
  if (Number.isNaN(Date.parse(value))) throw new NotUnderstoodError(name);
  return value;
}

function toInstantOrNull(fields: Fields, name: string): string | null {
  return fields[name] === null || fields[name] === undefined ? null : toInstant(fields, name);
}
