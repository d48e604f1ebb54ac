import type {
  ActivityRecord,
  HoldRecord,
  MemberRecord,
  Profile,
  PurchaseRecord,
  TaskRecord,
} from '../../domain/state.ts';
import { parseStored } from './stored-json.ts';

/**
 * What is written seldom keeps its own field names, so that a new field needs no codec of its own: JSON with amounts as
 * `{ "$n": "12500000" }`. No id of a host's holds a `$`.
 */
export interface RecordCodec<Value> {
  encode(value: Value): string;
  /** @throws StoredFormatError */
  decode(json: string): Value;
}

export const profileCodec = createRecordCodec<Profile>('profile');
export const memberCodec = createRecordCodec<MemberRecord>('member');
export const holdCodec = createRecordCodec<HoldRecord>('hold');
export const taskCodec = createRecordCodec<TaskRecord>('task', 2);
export const purchaseCodec = createRecordCodec<PurchaseRecord>('purchase');
export const activityCodec = createRecordCodec<ActivityRecord>('activity');

/** The version goes up with a field that is missing in what was stored before and that the code cannot do without. */
export function createRecordCodec<Value>(noun: string, version = 1): RecordCodec<Value> {
  return {
    encode: (value) => JSON.stringify([version, value], amountsToTagged),
    decode(json) {
      parseStored<[number, unknown]>(noun, version, json);
      const [, value] = JSON.parse(json, amountsFromTagged) as [number, Value];
      return value;
    },
  };
}

function amountsToTagged(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { $n: value.toString() } : value;
}

function amountsFromTagged(_key: string, value: unknown): unknown {
  if (typeof value === 'object' && value !== null && '$n' in value && typeof value.$n === 'string') {
    return BigInt(value.$n);
  }
  return value;
}
