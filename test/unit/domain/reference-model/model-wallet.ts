import { add, fits, least, type ModelGrant, type Payable, totalOf } from './model-use.ts';

/** The credits of the reference model: grants in their burn order, and what is owed. */
export class ModelWallet {
  grants: ModelGrant[] = [];
  debt = 0n;
  /** Every grant so far, by id. */
  readonly known = new Map<string, ModelGrant>();
  /** What was paid of debts, in that order. */
  readonly payments: { readonly grantId: string; amount: bigint }[] = [];

  available(): bigint {
    return this.grants.reduce((sum, grant) => sum + grant.remaining, 0n) - this.debt;
  }

  held(): bigint {
    return this.grants.reduce((sum, grant) => sum + grant.held, 0n);
  }

  keep(grant: ModelGrant): void {
    this.known.set(grant.id, grant);
    this.grants.push(grant);
  }

  payDebt(grantId: string, amount: bigint): bigint {
    const paid = least(this.debt, amount);
    this.debt -= paid;
    if (paid > 0n) this.payments.push({ grantId, amount: paid });
    return paid;
  }

  inBurnOrder(): ModelGrant[] {
    const never = Number.MAX_SAFE_INTEGER;
    return [...this.grants].sort(
      (a, b) =>
        a.priority - b.priority ||
        (a.expiresAtMs ?? never) - (b.expiresAtMs ?? never) ||
        a.createdAtMs - b.createdAtMs ||
        (a.id < b.id ? -1 : 1),
    );
  }

  /** Every part has a grant that fits, and what is owed is not spent a second time. */
  canPay(payables: readonly Payable[]): boolean {
    const charge = totalOf(payables);
    return this.shortOf(payables) === 0n && (charge === 0n || charge <= this.available());
  }

  private shortOf(payables: readonly Payable[]): bigint {
    const copies = payables.map((payable) => ({ ...payable }));
    const left = new Map(this.grants.map((grant) => [grant.id, grant.remaining]));
    this.pay(
      copies,
      (grant, part) => add(left, grant.id, -part),
      (grant) => left.get(grant.id) ?? 0n,
    );
    return totalOf(copies);
  }

  pay(
    payables: readonly Payable[],
    take: (grant: ModelGrant, part: bigint) => void,
    remainingOf = (grant: ModelGrant) => grant.remaining,
  ): void {
    for (const payable of payables)
      for (const grant of this.inBurnOrder()) {
        if (!fits(grant, payable)) continue;
        const part = least(remainingOf(grant), payable.amount);
        if (part <= 0n) continue;
        payable.amount -= part;
        take(grant, part);
      }
  }

  drop(): void {
    this.grants = this.grants.filter((grant) => grant.remaining !== 0n || grant.held !== 0n);
  }
}
