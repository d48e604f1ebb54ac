import { type Micros, microsPerUnit, parseAmount, sumOf } from '../amounts/amounts.ts';
import type { Catalog, Pack } from '../catalog/catalog-types.ts';
import { deriveId } from '../ids/derived-id.ts';
import {
  type InvoiceSums,
  type Issued,
  issuePaidInvoice,
  type LineDraft,
  plainLine,
  sumsOf,
  withTax,
} from '../invoices/issue.ts';
import type { AccountState } from '../state.ts';
import type { PurchaseRecord } from './state.ts';

/** What a pack costs the account now, with its taxes: what an order of it is charged. */
export function sumsOfPack(state: AccountState, catalog: Catalog, pack: Pack, nowMs: number): InvoiceSums {
  const { amount, currency } = pack.price;
  const line = packLine(pack.label, parseAmount(amount), nowMs, null);
  const closes = { startsAtMs: nowMs, endsAtMs: nowMs };
  return sumsOf(withTax(state, catalog, { lines: [line], closes, currency }));
}

/** What a purchase is charged: its price and the taxes that its order fixed. */
export function totalOf({ price, taxes }: Pick<PurchaseRecord, 'price' | 'taxes'>): Micros {
  return price + sumOf(taxes.map(({ amount }) => amount));
}

/** Makes the paid invoice of a purchase, with the taxes of its order. What costs nothing has none. */
export function invoicePurchase(
  state: AccountState,
  catalog: Catalog,
  purchase: PurchaseRecord,
  { label, atMs }: { readonly label: string; readonly atMs: number },
): Issued {
  if (totalOf(purchase) <= 0n) return { state, invoices: [], activity: [] };
  const { price, taxes, currency } = purchase;
  const moment = { startsAtMs: atMs, endsAtMs: atMs };
  const lines = [
    packLine(label, price, atMs, purchase.id),
    ...taxes.map((tax) => plainLine('tax', tax.label, tax.amount, moment)),
  ];
  return issuePaidInvoice(state, catalog, {
    id: deriveId(purchase.id, 'invoice'),
    atMs,
    closes: moment,
    lines,
    currency,
  });
}

function packLine(label: string, price: Micros, atMs: number, causeId: string | null): LineDraft {
  const line = plainLine('credit_pack', label, price, { startsAtMs: atMs, endsAtMs: atMs });
  return { ...line, quantity: microsPerUnit, rate: price, ratePer: 1, causeId };
}
