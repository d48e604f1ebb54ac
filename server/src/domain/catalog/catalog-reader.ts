import { apiBounds } from '../../contract/api-bounds.ts';
import type { IntervalPrices } from '../../contract/catalog/plans.ts';
import type { DecimalString, Instant, Money, UnitLabel } from '../../contract/values/amount.ts';
import { idForm, isIdText } from '../../contract/values/ids.ts';
import { AmountError, amountMax, formatAmount, type Micros, parseAmount } from '../amounts/amounts.ts';
import { currencyDigits } from '../amounts/currency.ts';
import { acceptedIds } from '../ids/accepted-ids.ts';
import type { CatalogMistake, Prices } from './catalog-types.ts';

const modelNamePattern = /^[!-)+-}]{1,256}$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** Bounds of an amount; `above` excludes the bound itself. */
export interface AmountBounds {
  readonly atLeast?: Micros;
  readonly above?: Micros;
}

/** How prices by interval are read. */
interface PricesRules {
  readonly currency: string;
  /** Whether one price at least is told. */
  readonly needed?: boolean;
  /** Whether a year costs twelve months where it has no price of its own. */
  readonly yearFromMonth?: boolean;
}

/** A list entry with an id, and where it stands. */
export interface Placed<Entry> {
  readonly entry: Entry;
  readonly pointer: string;
}

/**
 * Reads a configuration part by part and collects its mistakes. A wrong part reads as a harmless stand-in, so that the rest is
 * read too and every mistake is reported at once.
 */
export class CatalogReader {
  readonly mistakes: CatalogMistake[] = [];

  mistake(pointer: string, detail: string, accepted: string): void {
    this.mistakes.push({ pointer, detail, accepted });
  }

  amount(pointer: string, text: DecimalString | undefined, bounds: AmountBounds = { atLeast: 0n }): Micros {
    const accepted = `a decimal string${wordsFor(bounds)}, at most ${formatAmount(amountMax)}`;
    if (typeof text !== 'string') {
      this.mistake(pointer, 'The amount is missing', accepted);
      return 0n;
    }
    try {
      const amount = parseAmount(text);
      const tooLow = bounds.atLeast !== undefined && amount < bounds.atLeast;
      if (tooLow || (bounds.above !== undefined && amount <= bounds.above)) {
        this.mistake(pointer, `${text} is too low`, accepted);
        return 0n;
      }
      return amount;
    } catch (error) {
      if (!(error instanceof AmountError)) throw error;
      this.mistake(pointer, error.message, accepted);
      return 0n;
    }
  }

  optionalAmount(pointer: string, text: DecimalString | undefined): Micros {
    return text === undefined ? 0n : this.amount(pointer, text);
  }

  /** Money of the catalog's currency, with no finer parts than the currency has. */
  money(pointer: string, money: Money, currency: string): Micros {
    const amount = this.amount(`${pointer}/amount`, money.amount);
    if (money.currency !== currency) {
      this.mistake(`${pointer}/currency`, `'${money.currency}' is not the catalog's currency`, currency);
      return amount;
    }
    const digits = currencyDigits(currency);
    if (digits === null || amount % 10n ** BigInt(apiBounds.fractionDigitsMax - digits) === 0n) return amount;
    this.mistake(
      `${pointer}/amount`,
      `${currency} has no parts as fine as in ${money.amount}`,
      digits === 0 ? 'a whole number' : `at most ${digits} fraction digits`,
    );
    return amount;
  }

  currency(pointer: string, code: string): void {
    if (currencyDigits(code) === null)
      this.mistake(
        pointer,
        `'${code}' is no ISO 4217 code`,
        'three capital letters that name a currency, such as USD',
      );
  }

  /** An instant in epoch milliseconds; the beginning of time where it is left out. */
  instant(pointer: string, text: Instant | undefined): number {
    if (text === undefined) return Number.NEGATIVE_INFINITY;
    const atMs = instantPattern.test(text) ? Date.parse(text) : Number.NaN;
    if (!Number.isNaN(atMs)) return atMs;
    this.mistake(pointer, `'${text}' is no instant`, 'ISO 8601 with a zone, such as 2026-11-20T00:00:00Z');
    return Number.NaN;
  }

  wholeNumber(pointer: string, value: number | undefined, min: number): number | null {
    if (value === undefined) return null;
    if (Number.isSafeInteger(value) && value >= min) return value;
    this.mistake(pointer, `${value} is not accepted`, `a whole number, at least ${min}`);
    return null;
  }

  /** Prices by interval, in the catalog's currency; the price of a year follows from the month's where only that is told. */
  prices(
    pointer: string,
    config: IntervalPrices | undefined,
    { currency, needed = false, yearFromMonth = false }: PricesRules,
  ): Prices {
    const read = (interval: 'month' | 'year') => {
      const money = config?.[interval];
      return money === undefined ? null : this.money(`${pointer}/${interval}`, money, currency);
    };
    const [month, year] = [read('month'), read('year')];
    if (needed && month === null && year === null)
      this.mistake(pointer, 'It has no price', 'a price for a month, a year or both; 0 where it is free');
    return { month, year: year ?? (yearFromMonth && month !== null ? month * 12n : null) };
  }

  label(pointer: string, label: string): void {
    if (typeof label !== 'string' || label.trim() === '')
      this.mistake(pointer, 'It has no words', 'words to show to people');
  }

  unitLabel(pointer: string, unit: UnitLabel): void {
    this.label(`${pointer}/one`, unit.one);
    this.label(`${pointer}/other`, unit.other);
  }

  /** The list's entries with their places; ids must be well formed and differ. Every entry comes back, to be checked. */
  entries<Entry extends { readonly id: string }>(
    pointer: string,
    list: readonly Entry[] | undefined,
    checkId = (place: string, id: string) => this.id(place, id),
  ): Placed<Entry>[] {
    const seen = new Set<string>();
    return (list ?? []).map((entry, index) => {
      const place = `${pointer}/${index}`;
      checkId(`${place}/id`, entry.id);
      if (seen.has(entry.id)) this.mistake(`${place}/id`, `'${entry.id}' is used twice`, 'an id of its own');
      seen.add(entry.id);
      return { entry, pointer: place };
    });
  }

  id(pointer: string, id: string): void {
    if (typeof id === 'string' && isIdText(id)) return;
    this.mistake(pointer, `'${String(id).slice(0, 40)}' is no id`, idForm);
  }

  /** A name of a model, as providers have them. */
  modelName(pointer: string, name: string): void {
    if (typeof name === 'string' && modelNamePattern.test(name)) return;
    this.mistake(
      pointer,
      `'${String(name).slice(0, 40)}' is no name of a model`,
      `1 to ${apiBounds.modelNameCharactersMax} visible ASCII characters other than * and ~`,
    );
  }

  /** Whether the referenced thing exists. */
  reference(pointer: string, id: string, known: Iterable<string>, what: string): boolean {
    const ids = [...known];
    if (ids.includes(id)) return true;
    this.mistake(
      pointer,
      `There is no ${what} '${id}'`,
      acceptedIds(ids, `the id of a ${what}; the catalog has none`),
    );
    return false;
  }
}

/** A JSON Pointer's token for a key. */
export function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function wordsFor({ atLeast, above }: AmountBounds): string {
  if (above !== undefined) return ` above ${formatAmount(above)}`;
  return atLeast === undefined ? '' : ` of at least ${formatAmount(atLeast)}`;
}
