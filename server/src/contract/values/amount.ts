/**
 * A decimal number as a string, such as `"12.5"`: an optional minus sign, up to ten integer digits, up to six
 * fraction digits, no exponent, no plus sign. Amounts never travel as JSON numbers, which are doubles.
 */
export type DecimalString = string;

/** An amount of money with its ISO 4217 code, such as `{ amount: "40", currency: "USD" }`. */
export interface Money {
  amount: DecimalString;
  /** ISO 4217, three capital letters. */
  currency: string;
}

/** The total that a person saw before they agreed, as part of the body of a command that charges at once. */
export interface ExpectedTotal {
  /**
   * What a preview or the catalog said would be due now. Where it is more by now, or in another currency, nothing is done and nothing
   * is charged: `total_changed`. Without it the command is carried out at whatever it costs.
   */
  expectedTotal?: Money;
}

/** A tax under its own name, in whole smallest units of the currency. */
export interface NamedTax {
  label: string;
  amount: Money;
}

/** The unit of a balance or charge: the catalog's credits, or money in one currency (ISO 4217 code). */
export type CreditUnit = 'credits' | (string & {});

/** An instant as ISO 8601 in UTC with milliseconds, such as `"2026-11-20T08:00:00.000Z"`. */
export type Instant = string;

/** The singular and plural of a unit, as shown to people: `{ one: 'credit', other: 'credits' }`. */
export interface UnitLabel {
  one: string;
  other: string;
}

/** A unit in an answer. Amounts with a currency are money and are written so; the words are then only the balance's name. */
export interface ShownUnit extends UnitLabel {
  /** ISO 4217; absent where the amounts are no money. */
  currency?: string;
}
