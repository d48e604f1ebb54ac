import type { GrantScope, GrantSource, LedgerKind } from '../../contract/credits/credits.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import type { GrantTerms, LedgerRecord } from '../../domain/credits/state.ts';
import type { Absent } from './dimensions-codec.ts';
import { amountFromJson, amountToJson, type JsonAmount } from './json-amount.ts';
import { type JsonLegs, legsFromJson, legsToJson } from './legs-codec.ts';
import { createStoredFormat, decodeStored } from './stored-format.ts';
import { entryUpgrades } from './upgrades/uses/entry.ts';

type JsonTerms = [
  id: string,
  source: GrantSource,
  label: string,
  unit: CreditUnit,
  amount: JsonAmount,
  priority: number,
  scope: GrantScope,
  expiresAtMs: number | null,
  createdAtMs: number,
];

function termsToJson(terms: GrantTerms): JsonTerms {
  const { id, source, label, unit, amount, priority, scope, expiresAtMs, createdAtMs } = terms;
  return [id, source, label, unit, amountToJson(amount), priority, scope, expiresAtMs, createdAtMs];
}

function termsFromJson(json: JsonTerms): GrantTerms {
  const [id, source, label, unit, amount, priority, scope, expiresAtMs, createdAtMs] = json;
  return {
    id,
    source,
    label,
    unit,
    amount: amountFromJson(amount),
    priority,
    scope,
    expiresAtMs,
    createdAtMs,
  };
}

type JsonEntry = [
  version: number,
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
  grant: JsonTerms | Absent,
];

export const entryFormat = createStoredFormat<JsonEntry>('ledger entry', entryUpgrades);

/** The columns of a ledger entry that are keys. They are not repeated in the body. */
export type EntryKey = Pick<LedgerRecord, 'accountId' | 'seq' | 'id'>;

export function encodeEntry(entry: LedgerRecord): string {
  const json: JsonEntry = [
    entryFormat.version,
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
    entry.grant === undefined ? 0 : termsToJson(entry.grant),
  ];
  return JSON.stringify(json);
}

/** @throws StoredFormatError */
export function decodeEntry(key: EntryKey, json: string): LedgerRecord {
  return decodeStored('ledger entry', () => entryFromJson(key, json));
}

function entryFromJson(key: EntryKey, json: string): LedgerRecord {
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
    grant,
  ] = entryFormat.parse(json);
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
    ...(grant === 0 ? {} : { grant: termsFromJson(grant) }),
  };
}
