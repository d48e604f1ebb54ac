import { apiBounds } from '../../contract/api-bounds.ts';
import { modelUses } from '../../contract/catalog/model-uses.ts';
import type { UseRequest } from '../../contract/gate/gate.ts';
import { useRequest } from '../../contract/gate/gate-schemas.ts';
import { isIdText } from '../../contract/values/ids.ts';
import { amountPattern, isAmountInRange, modelNamePattern } from '../../contract/values/primitive-schemas.ts';
import { parseValue } from '../http/request/parse-input.ts';

/**
 * The body of a check or consume. What is valid is seen by hand, at a tenth of the schema's cost; whatever is not goes
 * through the schema, which says why. A property test holds the two to the same answer.
 * @throws AppError `invalid_request`.
 */
export function parseUseRequest(value: unknown): UseRequest {
  return isUseRequest(value) ? value : parseValue(useRequest, value);
}

/** Whether the value is a UseRequest, exactly as the schema says. */
export function isUseRequest(value: unknown): value is UseRequest {
  if (!isRecord(value)) return false;
  let named = 0;
  for (const key in value) {
    if (key === 'items') {
      if (!isItems(value.items)) return false;
      named += 1;
    } else if (key === 'accountId') {
      if (!isId(value.accountId)) return false;
      named += 1;
    } else if (key === 'needs') {
      if (!isNeeds(value.needs)) return false;
    } else if (!dimensionKeys.has(key) || !isId(value[key])) return false;
  }
  return named === 2;
}

export const dimensionKeys: ReadonlySet<string> = new Set([
  'memberId',
  'agentId',
  'projectId',
  'workspaceId',
  'taskId',
  'apiKeyId',
  'category',
  'source',
]);

function isNeeds(value: unknown): boolean {
  if (!isRecord(value)) return false;
  let count = 0;
  for (const key in value) {
    if (!isId(key) || !isId(value[key])) return false;
    count += 1;
  }
  return count <= apiBounds.needsPerRequestMax;
}

function isItems(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > apiBounds.itemsPerRequestMax)
    return false;
  for (const item of value) if (!isItem(item)) return false;
  return true;
}

/** Whether the value is an item, exactly as the schema says. */
export function isItem(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if ('metric' in value) return isId(value.metric) && isAmount(value.quantity) && hasOnly(value, metricKeys);
  if ('model' in value) return isModelItem(value);
  if ('tool' in value)
    return (
      isId(value.tool) &&
      isWhole(value.calls, 1) &&
      (value.integration === undefined ? !('integration' in value) : isId(value.integration)) &&
      hasOnly(value, toolKeys)
    );
  return isId(value.storage) && isAmount(value.quantity) && hasOnly(value, storageKeys);
}

function isModelItem(value: Record<string, unknown>): boolean {
  if (typeof value.model !== 'string' || !modelNamePattern.test(value.model)) return false;
  for (const key in value) {
    const field = value[key];
    if (key === 'model') continue;
    if (key === 'provider' || key === 'serviceTier') {
      if (!isId(field)) return false;
    } else if (key === 'seconds') {
      if (!isAmount(field)) return false;
    } else if (!countKeys.has(key) || !isWhole(field, 0)) return false;
  }
  return true;
}

const countKeys: ReadonlySet<string> = new Set(
  Object.values(modelUses)
    .map(({ field }) => field)
    .filter((field) => field !== 'seconds'),
);
const metricKeys: ReadonlySet<string> = new Set(['metric', 'quantity']);
const toolKeys: ReadonlySet<string> = new Set(['tool', 'integration', 'calls']);
const storageKeys: ReadonlySet<string> = new Set(['storage', 'quantity']);

function hasOnly(value: object, keys: ReadonlySet<string>): boolean {
  for (const key in value) if (!keys.has(key)) return false;
  return true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isId(value: unknown): boolean {
  return typeof value === 'string' && isIdText(value);
}

function isAmount(value: unknown): boolean {
  return typeof value === 'string' && amountPattern.test(value) && isAmountInRange(value);
}

function isWhole(value: unknown, min: number): boolean {
  return (
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= min &&
    value <= apiBounds.tokensPerItemMax
  );
}
