import type { AutoTopUp, AutoTopUpInput, CreditPack, DecimalString, Money } from '@usagekit/server/contract';
import { fromMillionths, toMillionths } from '../../derive/decimal.ts';
import { signOf } from '../../derive/sign-of.ts';
import type { Format } from '../../format/create-format.ts';
import { parseAmount, typedAmount } from '../../format/parse-amount.ts';

/** The input, as it is in the fields. */
export interface AutoTopUpDraft {
  enabled: boolean;
  threshold: string;
  packId: string;
  isCapped: boolean;
  cap: string;
}

/** In whose language a field is read and written. */
type Reader = Pick<Format, 'locale'>;

const capDefault = 3;
const capMax = 100;

/** The settings as they are, with the first pack and a tenth of it as threshold where nothing is set yet. */
export function draftOf(topUp: AutoTopUp, packs: readonly CreditPack[], format: Reader): AutoTopUpDraft {
  const pack = packs.find(({ id }) => id === topUp.packId) ?? packs[0];
  const tenth = pack ? fromMillionths(toMillionths(pack.credits) / 10n) : '';
  return {
    enabled: topUp.enabled,
    threshold: writeTyped(topUp.threshold ?? tenth, format),
    packId: pack?.id ?? '',
    isCapped: topUp.chargesPerCycleMax !== null,
    cap: typedAmount(String(topUp.chargesPerCycleMax ?? capDefault), format.locale),
  };
}

const writeTyped = (value: string, format: Reader) => (value === '' ? '' : typedAmount(value, format.locale));

/** The threshold that was typed, as the reader's language has it; undefined where it is none. */
export function thresholdOf({ threshold }: AutoTopUpDraft, format: Reader): DecimalString | undefined {
  const value = parseAmount(threshold, format.locale);
  return value !== undefined && signOf(value) > 0 ? value : undefined;
}

/** The most charges that were typed; undefined where it is no whole number from 1 to 100. */
export function capOf({ cap }: AutoTopUpDraft, format: Reader): number | undefined {
  const value = Number(parseAmount(cap, format.locale));
  return Number.isInteger(value) && value >= 1 && value <= capMax ? value : undefined;
}

/** The settings to send; undefined while a field is invalid. */
export function inputOf(draft: AutoTopUpDraft, format: Reader): AutoTopUpInput | undefined {
  const threshold = thresholdOf(draft, format);
  const cap = draft.isCapped ? capOf(draft, format) : null;
  if (threshold === undefined || cap === undefined) return undefined;
  return { enabled: draft.enabled, threshold, packId: draft.packId, chargesPerCycleMax: cap };
}

/** The most that a cycle's charges can come to. */
export function mostPerCycle(price: Money, charges: number): Money {
  return { ...price, amount: fromMillionths(toMillionths(price.amount) * BigInt(charges)) };
}
