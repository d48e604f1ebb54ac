import type { AutoTopUp, AutoTopUpInput, CreditPack, Money } from '@usagekit/server/contract';
import { fromMillionths, signOf, toMillionths } from '../../derive/decimal.ts';

/** What is being entered, as it stands in the fields. */
export interface AutoTopUpDraft {
  enabled: boolean;
  threshold: string;
  packId: string;
  isCapped: boolean;
  cap: string;
}

const capDefault = 3;
const capMax = 100;

/** The settings as they are, with the first pack and a tenth of it as threshold where nothing is set yet. */
export function draftOf(topUp: AutoTopUp, packs: readonly CreditPack[]): AutoTopUpDraft {
  const pack = packs.find(({ id }) => id === topUp.packId) ?? packs[0];
  const tenth = pack ? fromMillionths(toMillionths(pack.credits) / 10n) : '';
  return {
    enabled: topUp.enabled,
    threshold: topUp.threshold ?? tenth,
    packId: pack?.id ?? '',
    isCapped: topUp.chargesPerCycleMax !== null,
    cap: String(topUp.chargesPerCycleMax ?? capDefault),
  };
}

export function isThreshold(text: string): boolean {
  return /^\d{1,12}(\.\d{1,6})?$/.test(text.trim()) && signOf(text.trim()) > 0;
}

export function isCap(text: string): boolean {
  return /^\d{1,3}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= capMax;
}

/** What is sent; undefined while a field holds what cannot be. */
export function inputOf(draft: AutoTopUpDraft): AutoTopUpInput | undefined {
  if (!isThreshold(draft.threshold) || (draft.isCapped && !isCap(draft.cap))) return undefined;
  return {
    enabled: draft.enabled,
    threshold: fromMillionths(toMillionths(draft.threshold.trim())),
    packId: draft.packId,
    chargesPerCycleMax: draft.isCapped ? Number(draft.cap) : null,
  };
}

/** The most that a cycle's charges can come to. */
export function mostPerCycle(price: Money, charges: number): Money {
  return { ...price, amount: fromMillionths(toMillionths(price.amount) * BigInt(charges)) };
}
