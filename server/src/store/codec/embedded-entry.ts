import type { LedgerKind } from '../../contract/credits/credits.ts';
import type { GrantLeg, LedgerRecord } from '../../domain/credits/state.ts';
import { derivedIdMark } from '../../domain/ids/derived-id.ts';
import type { UsageRecord } from '../../domain/usage/state.ts';
import { amountFromJson, amountToJson, type JsonAmount } from './json-amount.ts';
import { type JsonLegs, legsFromJson, legsToJson } from './legs-codec.ts';
import { createStoredFormat, decodeStored } from './stored-format.ts';

/*
 * Nearly every entry is the debit of one use and repeats its usage record, plus the balance after it. So it is stored in that
 * record's row, with only the fields that it adds, instead of in a row and indexes of its own.
 */

/** A usage record with the entry of its debit, where it has one. */
export interface UsageRow {
  readonly usage: UsageRecord;
  readonly entry: LedgerRecord | undefined;
}

/** The fields that the row's columns do not hold. `id` is the part of the entry's id after the usage record's id and the mark. */
type JsonEntry = [
  version: number,
  id: string,
  kind: LedgerKind,
  amount: JsonAmount,
  /** 0 if they are the credits of the use, subtracted. */
  legs: JsonLegs | 0,
  debt: JsonAmount,
  balanceAfter: JsonAmount,
  description: string,
];

export const embeddedEntryFormat = createStoredFormat<JsonEntry>('embedded entry', []);

/** Puts each entry into the row of its use where it fits there; `apart` are the others. */
export function embedEntries(
  usage: readonly UsageRecord[],
  entries: readonly LedgerRecord[],
): { rows: readonly UsageRow[]; apart: readonly LedgerRecord[] } {
  if (usage.length === 0) return { rows: [], apart: entries };
  if (areInOrder(usage, entries))
    return { rows: usage.map((each, index) => ({ usage: each, entry: entries[index] })), apart: [] };
  const apart: LedgerRecord[] = [];
  const waiting = new Map<string, LedgerRecord[]>();
  for (const entry of entries) {
    if (entry.usageId === null) apart.push(entry);
    else {
      const others = waiting.get(entry.usageId);
      if (others === undefined) waiting.set(entry.usageId, [entry]);
      else others.push(entry);
    }
  }
  const rows = usage.map((each) => {
    const own = waiting.get(each.id);
    const entry = own?.find((candidate) => isTold(candidate, each));
    if (own !== undefined && entry !== undefined) own.splice(own.indexOf(entry), 1);
    return { usage: each, entry };
  });
  for (const others of waiting.values()) apart.push(...others);
  return { rows, apart };
}

/** Whether there is just the entry of each use, as most transactions write it: nothing has to be looked up then. */
function areInOrder(usage: readonly UsageRecord[], entries: readonly LedgerRecord[]): boolean {
  return (
    usage.length === entries.length &&
    usage.every((each, index) => {
      const entry = entries[index];
      return entry?.usageId === each.id && isTold(entry, each);
    })
  );
}

/** Whether the row of the use tells everything else about the entry. */
function isTold(entry: LedgerRecord, usage: UsageRecord): boolean {
  const { dimensions } = usage;
  return (
    entry.accountId === usage.accountId &&
    entry.id.startsWith(`${usage.id}${derivedIdMark}`) &&
    entry.unit === usage.unit &&
    entry.effectiveAtMs === usage.atMs &&
    entry.recordedAtMs === usage.recordedAtMs &&
    entry.holdId === null &&
    entry.memberId === (dimensions.memberId ?? null) &&
    entry.agentId === (dimensions.agentId ?? null) &&
    entry.taskId === (dimensions.taskId ?? null)
  );
}

export function encodeEmbedded({ usage, entry }: UsageRow): string | undefined {
  if (entry === undefined) return undefined;
  const json: JsonEntry = [
    embeddedEntryFormat.version,
    entry.id.slice(usage.id.length + derivedIdMark.length),
    entry.kind,
    amountToJson(entry.amount),
    isTakenAway(entry.legs, usage.grantsUsed) ? 0 : legsToJson(entry.legs),
    amountToJson(entry.debt),
    amountToJson(entry.balanceAfter),
    entry.description,
  ];
  return JSON.stringify(json);
}

/** @throws StoredFormatError */
export function decodeEmbedded(usage: UsageRecord, seq: number, text: string): LedgerRecord {
  return decodeStored('embedded entry', () => entryFromJson(usage, seq, text));
}

function entryFromJson(usage: UsageRecord, seq: number, text: string): LedgerRecord {
  const [, id, kind, amount, legs, debt, balanceAfter, description] = embeddedEntryFormat.parse(text);
  return {
    id: `${usage.id}${derivedIdMark}${id}`,
    accountId: usage.accountId,
    seq,
    kind,
    unit: usage.unit,
    amount: amountFromJson(amount),
    legs: legs === 0 ? takenAway(usage.grantsUsed) : legsFromJson(legs),
    debt: amountFromJson(debt),
    balanceAfter: amountFromJson(balanceAfter),
    description,
    usageId: usage.id,
    memberId: usage.dimensions.memberId ?? null,
    agentId: usage.dimensions.agentId ?? null,
    taskId: usage.dimensions.taskId ?? null,
    holdId: null,
    effectiveAtMs: usage.atMs,
    recordedAtMs: usage.recordedAtMs,
  };
}

/** Ids of usage records in whose rows an entry with this id may stand. */
export function usageIdsOf(entryId: string): string[] {
  const ids: string[] = [];
  for (
    let end = entryId.indexOf(derivedIdMark);
    end !== -1;
    end = entryId.indexOf(derivedIdMark, end + derivedIdMark.length)
  )
    ids.push(entryId.slice(0, end));
  return ids;
}

function isTakenAway(legs: readonly GrantLeg[], used: readonly GrantLeg[]): boolean {
  return (
    legs.length === used.length &&
    legs.every((leg, index) => leg.grantId === used[index]?.grantId && leg.amount === -used[index].amount)
  );
}

function takenAway(used: readonly GrantLeg[]): GrantLeg[] {
  return used.map(({ grantId, amount }) => ({ grantId, amount: -amount }));
}
