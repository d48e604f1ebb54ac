import type { CreditUnit } from '../../contract/amount.ts';
import type { LedgerKind } from '../../contract/credits.ts';
import type { LedgerRecord } from '../../domain/state.ts';
import { amountFromJson, amountToJson, type JsonAmount } from './json-amount.ts';
import { type JsonLegs, legsFromJson, legsToJson } from './legs-codec.ts';
import { parseStored } from './stored-json.ts';

type JsonEntry = [
  version: 1,
  kind: LedgerKind,
  unit: CreditUnit,
  amount: JsonAmount,
  legs: JsonLegs,
  debt: JsonAmount,
  balanceAfter: JsonAmount,
  description: string,
  usageId: string | null,
  memberId: string | null,
  agentId: string | null,
  taskId: string | null,
  holdId: string | null,
  effectiveAtMs: number,
  recordedAtMs: number,
];

/** The columns of a ledger entry that are keys: they stand beside the body, not in it. */
export type EntryKey = Pick<LedgerRecord, 'accountId' | 'seq' | 'id'>;

export function encodeEntry(entry: LedgerRecord): string {
  const json: JsonEntry = [
    1,
    entry.kind,
    entry.unit,
    amountToJson(entry.amount),
    legsToJson(entry.legs),
    amountToJson(entry.debt),
    amountToJson(entry.balanceAfter),
    entry.description,
    entry.usageId,
    entry.memberId,
    entry.agentId,
    entry.taskId,
    entry.holdId,
    entry.effectiveAtMs,
    entry.recordedAtMs,
  ];
  return JSON.stringify(json);
}

export function decodeEntry(key: EntryKey, json: string): LedgerRecord {
  const [
    ,
    kind,
    unit,
    amount,
    legs,
    debt,
    balanceAfter,
    description,
    usageId,
    memberId,
    agentId,
    taskId,
    holdId,
    effectiveAtMs,
    recordedAtMs,
  ] = parseStored<JsonEntry>('ledger entry', 1, json);
  return {
    id: key.id,
    accountId: key.accountId,
    seq: key.seq,
    kind,
    unit,
    amount: amountFromJson(amount),
    legs: legsFromJson(legs),
    debt: amountFromJson(debt),
    balanceAfter: amountFromJson(balanceAfter),
    description,
    usageId,
    memberId,
    agentId,
    taskId,
    holdId,
    effectiveAtMs,
    recordedAtMs,
  };
}
