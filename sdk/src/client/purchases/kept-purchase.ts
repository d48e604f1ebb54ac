import { type Money, newIdempotencyKey } from '@usagekit/server/contract';

/** A purchase that was begun in this tab and is not known to be final. */
export interface KeptPurchase {
  packId: string;
  /** The one key of this purchase. */
  idempotencyKey: string;
  /** What the buyer saw that it costs. */
  expectedTotal?: Money | undefined;
}

/** Where sessionStorage is not to be had, as in some frames, a purchase lives as long as the page. */
const withoutStorage = new Map<string, string>();

const nameOf = (accountId: string) => `usagekit.purchase.${accountId}`;

/** The purchase of this account that a reload or an earlier opening of the dialog left unfinished. */
export function readKeptPurchase(accountId: string): KeptPurchase | undefined {
  const text = read(nameOf(accountId));
  if (!text) return undefined;
  try {
    const kept = JSON.parse(text) as Partial<KeptPurchase> | null;
    if (typeof kept?.packId !== 'string' || typeof kept.idempotencyKey !== 'string') return undefined;
    return kept as KeptPurchase;
  } catch {
    // Another script of the page wrote there, so a new purchase begins.
    return undefined;
  }
}

/**
 * The purchase to send: the unfinished one if there is one, whatever pack is asked for now, since it may have been charged
 * already; else a new one, kept before anything is sent.
 */
export function keepPurchase(accountId: string, packId: string, expectedTotal?: Money): KeptPurchase {
  const unfinished = readKeptPurchase(accountId);
  if (unfinished) return unfinished;
  const kept = { packId, idempotencyKey: newIdempotencyKey(), expectedTotal };
  write(nameOf(accountId), JSON.stringify(kept));
  return kept;
}

/** Called once the purchase is final, so that the next one is a new one. */
export function forgetPurchase(accountId: string): void {
  withoutStorage.delete(nameOf(accountId));
  try {
    sessionStorage.removeItem(nameOf(accountId));
  } catch {
    // Nothing can have been written there either.
  }
}

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name) ?? withoutStorage.get(name) ?? null;
  } catch {
    return withoutStorage.get(name) ?? null;
  }
}

function write(name: string, text: string): void {
  try {
    sessionStorage.setItem(name, text);
  } catch {
    withoutStorage.set(name, text);
  }
}
