import type { CreditUnit } from '../../contract/values/amount.ts';
import type { UnpricedItem } from '../../domain/unpriced/state.ts';
import { creditsMetric } from '../../domain/usage/cells.ts';
import type { CountedUse, InvoicedPart, UsageRecord } from '../../domain/usage/state.ts';
import {
  type Absent,
  dimensionsFromJson,
  dimensionsToJson,
  type JsonDimensions,
} from './dimensions-codec.ts';
import { amountFromJson, amountToJson, type JsonAmount } from './json-amount.ts';
import { type JsonLegs, legsFromJson, legsToJson } from './legs-codec.ts';
import {
  countsFromJson,
  countsToJson,
  type JsonCount,
  type JsonLine,
  linesFromJson,
  linesToJson,
} from './lines-codec.ts';
import { createStoredFormat, decodeStored } from './stored-format.ts';
import { usageUpgrades } from './upgrades/uses/usage.ts';

type JsonUsage = [
  version: number,
  recordedAtMs: number,
  dimensions: JsonDimensions,
  counts: JsonCount[],
  lines: JsonLine[],
  charge: JsonAmount,
  unit: CreditUnit,
  grantsUsed: JsonLegs,
  backfill: 0 | 1,
  takesBack: [usageId: string, reason: string] | Absent,
  /** Items as they were reported. */
  unpriced: UnpricedItem[] | Absent,
  /** Null where it is not known. */
  invoiced: JsonInvoicedPart[] | Absent | null,
  /** Null where it is not known. */
  partsEnded: number | null,
];

type JsonInvoicedPart = [metric: string, quantity: JsonAmount, fromMs: number | null];

export const usageFormat = createStoredFormat<JsonUsage>('usage record', usageUpgrades);

/** The columns of a usage record that are keys. They are not repeated in the body. */
export type UsageKey = Pick<UsageRecord, 'accountId' | 'atMs' | 'id'>;

export function encodeUsage(usage: UsageRecord): string {
  const json: JsonUsage = [
    usageFormat.version,
    usage.recordedAtMs,
    dimensionsToJson(usage.dimensions),
    countsToJson(usage.counts),
    linesToJson(usage.lines),
    amountToJson(usage.charge),
    usage.unit,
    legsToJson(usage.grantsUsed),
    usage.backfill ? 1 : 0,
    usage.takesBack === undefined ? 0 : [usage.takesBack.usageId, usage.takesBack.reason],
    usage.unpriced === undefined ? 0 : [...usage.unpriced],
    usage.invoiced ? usage.invoiced.map(invoicedPartToJson) : usage.invoiced === null ? null : 0,
    usage.partsEnded === undefined ? 0 : usage.partsEnded,
  ];
  return JSON.stringify(json);
}

/** @throws StoredFormatError */
export function decodeUsage(key: UsageKey, json: string): UsageRecord {
  return decodeStored('usage record', () => usageFromJson(key, json));
}

/**
 * As much of a usage record as tells what it counted of a metric: charge and lines only of credits, counts only of other metrics.
 * @throws StoredFormatError
 */
export function decodeCountedUse(atMs: number, json: string, metric: string): CountedUse {
  return decodeStored('usage record', () => {
    const [, , dimensions, counts, lines, charge] = usageFormat.parse(json);
    const isOfCredits = metric === creditsMetric;
    return {
      atMs,
      dimensions: dimensionsFromJson(dimensions),
      counts: isOfCredits ? [] : countsFromJson(counts),
      lines: isOfCredits ? linesFromJson(lines) : [],
      charge: isOfCredits ? amountFromJson(charge) : 0n,
    };
  });
}

function usageFromJson(key: UsageKey, json: string): UsageRecord {
  const [
    ,
    recordedAtMs,
    dimensions,
    counts,
    lines,
    charge,
    unit,
    grantsUsed,
    backfill,
    takesBack,
    unpriced,
    invoiced,
    partsEnded,
  ] = usageFormat.parse(json);
  return {
    id: key.id,
    accountId: key.accountId,
    atMs: key.atMs,
    recordedAtMs,
    dimensions: dimensionsFromJson(dimensions),
    counts: countsFromJson(counts),
    lines: linesFromJson(lines),
    charge: amountFromJson(charge),
    unit,
    grantsUsed: legsFromJson(grantsUsed),
    backfill: backfill === 1,
    ...(invoiced === 0 ? {} : { invoiced: invoiced === null ? null : invoiced.map(invoicedPartFromJson) }),
    ...(partsEnded === 0 ? {} : { partsEnded }),
    ...(unpriced === 0 ? {} : { unpriced }),
    ...(takesBack === 0 ? {} : { takesBack: { usageId: takesBack[0], reason: takesBack[1] } }),
  };
}

function invoicedPartToJson({ metric, quantity, fromMs }: InvoicedPart): JsonInvoicedPart {
  return [metric, amountToJson(quantity), fromMs];
}

function invoicedPartFromJson([metric, quantity, fromMs]: JsonInvoicedPart): InvoicedPart {
  return { metric, quantity: amountFromJson(quantity), fromMs };
}
