import { apiBounds } from '../../contract/api-bounds.ts';
import type { UsageEvent } from '../../contract/events/events.ts';
import { usageEvent } from '../../contract/events/events-schemas.ts';
import { isAmountInRange, isInstant, signedAmountPattern } from '../../contract/values/primitive-schemas.ts';
import { dimensionKeys, isId, isItem } from '../gate/parse-use-request.ts';
import { parseValue } from '../http/request/parse-input.ts';

/**
 * One event of a batch. What is valid is seen by hand, since a batch holds a thousand; whatever is not goes through the
 * schema, which says why. A property test holds the two to the same answer.
 * @throws AppError `invalid_request`.
 */
export function parseEvent(value: unknown): UsageEvent {
  return isUsageEvent(value) ? value : parseValue(usageEvent, value);
}

/** Whether the value is a UsageEvent, exactly as the schema says. */
export function isUsageEvent(value: unknown): value is UsageEvent {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const event: Record<string, unknown> = value as Record<string, unknown>;
  let required = 0;
  for (const key in event) {
    const field = event[key];
    switch (key) {
      case 'id':
      case 'accountId':
        if (!isId(field)) return false;
        required += 1;
        break;
      case 'items':
        if (!areEventItems(field)) return false;
        required += 1;
        break;
      case 'at':
        if (typeof field !== 'string' || !isInstant(field)) return false;
        break;
      case 'backfill':
        if (typeof field !== 'boolean') return false;
        break;
      default:
        if (!dimensionKeys.has(key) || !isId(field)) return false;
    }
  }
  return required === 3;
}

function areEventItems(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > apiBounds.itemsPerRequestMax)
    return false;
  for (const item of value) if (!isItem(item) && !isGaugeItem(item)) return false;
  return true;
}

function isGaugeItem(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { metric, quantity, op, ...others } = value as Record<string, unknown>;
  return (
    isId(metric) &&
    typeof quantity === 'string' &&
    signedAmountPattern.test(quantity) &&
    isAmountInRange(quantity) &&
    (op === 'add' || op === 'set') &&
    Object.keys(others).length === 0
  );
}
