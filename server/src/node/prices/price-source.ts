import type { ModelUseName } from '../../contract/catalog/model-uses.ts';
import type { Decimal } from './exact-decimal.ts';

/** The model prices of a public table, in US dollars. */
export interface PriceSource {
  /** As the report calls it. */
  readonly name: string;
  readonly models: readonly SourceModel[];
  /** Prices of the table that a rate card cannot express, with the reason. */
  readonly left: readonly LeftOut[];
}

export interface SourceModel {
  readonly id: string;
  readonly label: string;
  readonly provider: string;
  readonly aliases: readonly string[];
  /** In the order of their instants; the first holds from the beginning. */
  readonly prices: readonly SourcePrice[];
}

export interface SourceRates {
  /** Dollars for one, by kind of use. */
  readonly rates: Readonly<Partial<Record<ModelUseName, Decimal>>>;
}

export interface SourcePrice extends SourceRates {
  /** ISO 8601. */
  readonly from?: string;
  /** Dollars a request. */
  readonly perRequest?: Decimal;
  /** Ascending. */
  readonly contextTiers: readonly (SourceRates & { readonly above: number })[];
  readonly serviceTiers: Readonly<Record<string, Decimal>>;
}

/** Something that was not taken. */
export interface LeftOut {
  readonly provider: string;
  readonly model: string;
  /** A part of the model's price, or null for the whole model. */
  readonly part: string | null;
  readonly reason: string;
}
