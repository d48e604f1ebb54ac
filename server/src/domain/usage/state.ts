import type { LineItemKind, ModelRequestUse } from '../../contract/gate/gate.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { PlanLimit } from '../catalog/catalog-types.ts';
import type { GrantLeg } from '../credits/state.ts';
import type { UnpricedItem } from '../unpriced/state.ts';
import type { WindowUses } from '../windows/state.ts';

/**
 * Amounts recorded outside the cycle counters, by metric, and charges under `credits`. They are sums of magnitudes, since a
 * rollup cell of one dimension value can grow by them whatever the account's own figure is.
 */
export interface OutsideCounters {
  /** The cycle in which `moved` was recorded. */
  readonly cycleIndex: number;
  /** Changes of gauges, and charges of events that came after their cycle. */
  readonly moved: Readonly<Record<string, Micros>>;
  /** Backfill, of all time. */
  readonly backfilled: Readonly<Record<string, Micros>>;
}

/** No use that no counter counts. */
export const nothingOutsideCounters: OutsideCounters = { cycleIndex: 0, moved: {}, backfilled: {} };

/** So much that was added to a gauge, and when. */
export interface GaugeChange {
  readonly atMs: number;
  /** Negative for a decrease. */
  readonly quantity: Micros;
}

/** Where a gauge stands, with enough of how it came there that a report which comes late finds its place. */
export interface Gauge {
  readonly value: Micros;
  /** When it was last set; 0 where it never was. */
  readonly setAtMs: number;
  /** The last set value, plus later changes that are no longer kept one by one. */
  readonly base: Micros;
  /** Later changes, by their own time; at most `apiBounds.gaugeChangesKept`. */
  readonly changes: readonly GaugeChange[];
}

/** What was used in the present cycle. */
export interface CycleUsage {
  /** The allowance cycle, half-open, in epoch milliseconds. */
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  /** How many cycles lie before it, from the anchor. */
  readonly index: number;
  /** Used this cycle, by counter metric. */
  readonly counters: Readonly<Record<string, Micros>>;
  readonly gauges: Readonly<Record<string, Gauge>>;
  /** Charged this cycle, by unit. */
  readonly spent: Readonly<Record<string, Micros>>;
  /**
   * The amounts of this cycle that the invoice pays and that are not on a line yet, by metric: units beyond the allowance, or
   * charges if the metric counts charges.
   */
  readonly invoiced: Readonly<Record<string, Micros>>;
  /** From when: the cycle's start, or the last change of plan that billed what was used until then. */
  readonly invoicedFromMs: number;
  /** The rest of the allowances of the cycle before that goes on in this one, by metric. */
  readonly carried: Readonly<Record<string, Micros>>;
  /** Used this cycle by member, for counter metrics that some member has an allocation of. */
  readonly byMember: Readonly<Record<string, Readonly<Record<string, Micros>>>>;
  /** Used in windows of time, which no cycle's end touches. */
  readonly windows: WindowUses;
  /** Present only while a use is measured by the terms of an earlier cycle; never stored. */
  readonly terms?: AllowanceTerms | null;
}

/**
 * A cycle that has ended, or the part of one that a change of plan ended. It is kept since late events count in it.
 * `invoiced` is what lines have billed of it.
 */
export interface EarlierCycle
  extends Pick<
    CycleUsage,
    'startsAtMs' | 'endsAtMs' | 'counters' | 'invoiced' | 'invoicedFromMs' | 'carried'
  > {
  /** The start of the cycle that it is a part of; its own start if no plan changed within the cycle. */
  readonly cycleStartsAtMs: number;
  /** Whether the counters went on in what followed, as after a change of plan within a cycle. */
  readonly goesOn: boolean;
  /** How use beyond its allowances was charged; null where that was not kept, and the present plan's terms hold. */
  readonly terms: AllowanceTerms | null;
}

/** By metric, the allowance and the charge for use beyond it; a metric that is not named was not charged beyond one. */
export type AllowanceTerms = Readonly<
  Record<
    string,
    Pick<PlanLimit, 'included' | 'policy' | 'beyond' | 'overageRate' | 'overageTiers' | 'invoiceRate'>
  >
>;

/** Who and what a use was for. */
export interface UseDimensions {
  readonly memberId?: string;
  readonly agentId?: string;
  readonly projectId?: string;
  readonly workspaceId?: string;
  readonly taskId?: string;
  readonly apiKeyId?: string;
  readonly category?: string;
  readonly source?: string;
}

/** One charge of a usage record. */
export interface ChargeLine {
  readonly kind: LineItemKind;
  /** Id of the model, tool, storage kind or metric. */
  readonly ref: string;
  /** For a model: the id of its tier. */
  readonly tier?: string;
  readonly provider?: string;
  readonly integration?: string;
  readonly quantity: Micros;
  /** The unit of the quantity: `requests`, `tokens`, `calls` or the metric's plural unit. */
  readonly unit: string;
  readonly amount: Micros;
  /** Its exact cost minus its amount, in parts of a millionth; absent if that is 0. */
  readonly rest?: bigint;
  /** The rate applied, for explain, in words such as `110 a request`. */
  readonly rate: string;
  readonly ownKey?: true;
  /**
   * For a model: what was said of the request, so that it can be priced by other rates. Absent from lines that were stored before
   * this was kept.
   */
  readonly stated?: ModelRequestUse;
}

/** So much of a metric, and what it came from. */
export interface Count {
  readonly metric: string;
  readonly quantity: Micros;
  readonly model?: string;
  readonly tier?: string;
  readonly tool?: string;
}

/** So many units of a use that the invoice pays, and the line to which they belong. */
export interface InvoicedPart {
  readonly metric: string;
  /** Negative takes back. */
  readonly quantity: Micros;
  /** Where the time begins that the line of the metric covers; null for a line of the use's own, which came late. */
  readonly fromMs: number | null;
}

/** One fact of usage: an event, a consume or a settlement. Kept by account and time. */
export interface UsageRecord {
  readonly id: string;
  readonly accountId: string;
  readonly atMs: number;
  readonly recordedAtMs: number;
  readonly dimensions: UseDimensions;
  readonly counts: readonly Count[];
  readonly lines: readonly ChargeLine[];
  /** The sum of the lines. */
  readonly charge: Micros;
  readonly unit: CreditUnit;
  readonly grantsUsed: readonly GrantLeg[];
  /** History only. */
  readonly backfill: boolean;
  /** The part of it that the invoice pays; absent for nothing, null where it was recorded before that was kept. */
  readonly invoiced?: readonly InvoicedPart[] | null;
  /**
   * How many cycles, or parts of them, had ended at its very instant when it was counted: it was counted in what followed the last
   * of them. Absent for none, null where it was recorded before that was kept.
   */
  readonly partsEnded?: number | null;
  /** Items that had no price when it was recorded: counted, and charged once they have one, each by a record of its own. */
  readonly unpriced?: readonly UnpricedItem[];
  /** Present on a record that takes another out of history again; its quantities are negative. */
  readonly takesBack?: { readonly usageId: string; readonly reason: string };
}

/** As much of a use as tells what it counted, and when. */
export type CountedUse = Pick<UsageRecord, 'atMs' | 'dimensions' | 'counts' | 'lines' | 'charge'>;

/** One cell of the daily rollups: so much of a metric on a day, in all (`dimension` '') or for one value. */
export interface UsageCell {
  readonly accountId: string;
  /** Days since 1970-01-01 in the account's zone. */
  readonly day: number;
  /** A metric id, or `credits` for charges. */
  readonly metric: string;
  /** '' for the total, else a SeriesDimension. */
  readonly dimension: string;
  readonly value: string;
  readonly quantity: Micros;
}

/** What a use adds to the rollups: to a cell of its day, and to the parts of that day that it belongs to. */
export interface AddedCell extends UsageCell {
  /** The hour of the local day, counted from its start; absent where only the day is told. */
  readonly hour?: number;
  /** Absent for use without a member. */
  readonly memberId?: string;
}
