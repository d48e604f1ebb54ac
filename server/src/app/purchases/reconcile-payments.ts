import type { PaymentReconciliation } from '../../contract/operations/operations.ts';
import { compareCharge, type PaymentDifference } from '../../domain/invoices/reconcile-payments.ts';
import type { ChargeRecord } from '../../domain/invoices/state.ts';
import type { ProviderCharge } from '../../payments/payment-provider.ts';
import { everyItem } from '../../store/every-item.ts';
import type { Services } from '../services.ts';

/**
 * Compares both records of a half-open span of time, each dated by its own clock: the provider's payments are looked up here by
 * the order that they carry, and the orders that they leave out are looked up at the provider.
 */
export async function reconcilePaymentsOf(
  services: Services,
  fromMs: number,
  toMs: number,
): Promise<PaymentReconciliation> {
  const listed = await services.payments.listCharges(fromMs, toMs);
  if (listed === null) return { isKept: false, charges: 0, underWay: 0, differences: [] };
  const comparison = new Comparison(services.clock.systemMs);
  const orders = Map.groupBy(listed, keyOf);
  for await (const charge of chargesBetween(services, fromMs, toMs)) {
    const known = orders.get(keyOf(charge)) ?? [];
    orders.delete(keyOf(charge));
    // A payment may have been made outside of the span, or under the name that an erased account had.
    const kept = known.length > 0 ? known : await services.payments.findCharges(charge);
    for (const { accountId, id } of kept) orders.delete(keyOf({ accountId, id }));
    comparison.add(charge, kept, charge.accountId, charge.id);
  }
  for (const kept of orders.values()) {
    const [first] = kept;
    if (first === undefined) continue;
    const own = await services.store.readCharge(first.accountId, first.id);
    comparison.add(own, kept, first.accountId, first.id);
  }
  return comparison.result();
}

class Comparison {
  readonly #nowMs: number;
  readonly #differences: PaymentDifference[] = [];
  #charges = 0;
  #underWay = 0;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  add(
    own: ChargeRecord | undefined,
    kept: readonly ProviderCharge[],
    accountId: string,
    chargeId: string,
  ): void {
    this.#charges += 1;
    const compared = compareCharge(own, kept, { accountId, chargeId, nowMs: this.#nowMs });
    if (compared === 'under_way') this.#underWay += 1;
    else if (compared !== 'same') this.#differences.push(...compared);
  }

  result(): PaymentReconciliation {
    return {
      isKept: true,
      charges: this.#charges,
      underWay: this.#underWay,
      differences: this.#differences.map((difference) => ({ ...difference })),
    };
  }
}

const keyOf = ({ accountId, id }: { readonly accountId: string; readonly id: string }) =>
  `${accountId}\n${id}`;

/** The server's own charges of the span, account by account; each account's are listed newest first. */
async function* chargesBetween(
  { store, nextTurn }: Services,
  fromMs: number,
  toMs: number,
): AsyncGenerator<ChargeRecord> {
  for await (const accountId of everyItem((page) => store.listAccountIds(page))) {
    await nextTurn();
    for await (const charge of everyItem((page) => store.listCharges(accountId, page))) {
      if (charge.createdAtMs < fromMs) break;
      if (charge.createdAtMs < toMs) yield charge;
    }
  }
}
