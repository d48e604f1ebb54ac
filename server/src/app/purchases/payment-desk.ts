import { decidePaymentMethod, decidePaymentMethodRemoved } from '../../domain/accounts/account-settings.ts';
import type { DecisionContext } from '../../domain/decision.ts';
import {
  type ChargeOutcome,
  decideChargeResult,
  decideRefundResult,
  hasEnded,
} from '../../domain/invoices/charges/charges.ts';
import { decideReturned } from '../../domain/invoices/charges/returned-money.ts';
import type { ChargeRecord, RefundRecord } from '../../domain/invoices/state.ts';
import { totalOf } from '../../domain/purchases/pack-invoice.ts';
import { decidePaymentResult, type PaymentResult } from '../../domain/purchases/purchases.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { PaymentProvider, PaymentReport, ProviderCharge } from '../../payments/payment-provider.ts';
import { commitDueOf } from '../accounts/commit-due.ts';
import { executeNew } from '../execute.ts';
import { AppError, toAppError } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';

const orderedPerPass = 50;

/**
 * Pays orders outside of any transaction, and brings the provider's answer back as a command. `settleOrdered` finds orders that a
 * crash left unpaid; the provider knows each order by its id and does not charge it twice.
 */
export class PaymentDesk {
  readonly #provider: PaymentProvider | null;
  readonly #underWay = new Map<string, Promise<PurchaseRecord | null>>();
  readonly #charging = new Map<string, Promise<ChargeRecord | null>>();

  constructor(provider: PaymentProvider | null) {
    this.#provider = provider;
  }

  /** Pays one order, and gives it as it stands then; null where the provider could not be asked and will be again. */
  settle(services: Services, purchase: PurchaseRecord): Promise<PurchaseRecord | null> {
    const key = `${purchase.accountId}\n${purchase.id}`;
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const settling = this.#settleOnce(services, purchase).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, settling);
    return settling;
  }

  /**
   * Carries out what a charge waits for at the provider: that it is made, that a debit has settled, that a part of it goes back.
   * It gives the charge as it stands then; null where the provider could not be asked and will be again.
   */
  settleCharge(services: Services, charge: ChargeRecord): Promise<ChargeRecord | null> {
    const key = `${charge.accountId}\n${charge.id}`;
    const known = this.#charging.get(key);
    if (known !== undefined) return known;
    const settling = this.#settleChargeOnce(services, charge).finally(() => this.#charging.delete(key));
    this.#charging.set(key, settling);
    return settling;
  }

  /**
   * Withdraws what a charge waits to be confirmed for. The provider ends its page first, so that nothing is paid for a change that is
   * withdrawn; where it was paid meanwhile, the change is made.
   */
  async withdrawCharge(services: Services, charge: ChargeRecord): Promise<ChargeRecord> {
    const { id, paymentMethodId } = charge;
    const result = await reached(this.#required.withdraw({ id, paymentMethodId }));
    return this.#endCharge(
      services,
      charge,
      result.outcome === 'withdrawn' ? { outcome: 'failed', message: 'The change was withdrawn.' } : result,
    );
  }

  /** Pays every order that is waiting, of every account; resolves when each was tried once. */
  async settleOrdered(services: Services): Promise<void> {
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Services['store']['listOrderedPurchases']>> =
        await services.store.listOrderedPurchases({
          limit: orderedPerPass,
          ...(cursor === null ? {} : { cursor }),
        });
      for (const purchase of page.items) await this.settle(services, purchase);
      cursor = page.nextCursor;
    } while (cursor !== null);
    let chargesCursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Services['store']['listWaitingCharges']>> =
        await services.store.listWaitingCharges({
          limit: orderedPerPass,
          ...(chargesCursor === null ? {} : { cursor: chargesCursor }),
        });
      for (const charge of page.items) await this.settleCharge(services, charge);
      chargesCursor = page.nextCursor;
    } while (chargesCursor !== null);
  }

  /** Resolves when nothing is on its way to the provider any more. */
  async idle(): Promise<void> {
    while (this.#underWay.size + this.#charging.size > 0)
      await Promise.allSettled([...this.#underWay.values(), ...this.#charging.values()]);
  }

  /** A page on which a person enters a payment method. */
  startSession(
    order: Parameters<PaymentProvider['startSession']>[0],
  ): ReturnType<PaymentProvider['startSession']> {
    return reached(this.#required.startSession(order));
  }

  /** The provider's own page of an account's charges and methods; null where it has none. */
  openPortal(order: Parameters<PaymentProvider['openPortal']>[0]): ReturnType<PaymentProvider['openPortal']> {
    return reached(this.#required.openPortal(order));
  }

  /** The provider's charges of a half-open span; null where it keeps none. */
  async listCharges(fromMs: number, toMs: number): Promise<readonly ProviderCharge[] | null> {
    const charges = this.#required.listCharges(fromMs, toMs);
    return charges === null ? null : reached(allOf(charges));
  }

  /** The provider's charges of one order, whenever it made them. */
  async findCharges(
    order: Parameters<PaymentProvider['findCharges']>[0],
  ): Promise<readonly ProviderCharge[]> {
    const charges = this.#required.findCharges(order);
    return charges === null ? [] : reached(charges);
  }

  /** The provider's own pages and notifications. */
  async handle(services: Services, request: Request): Promise<Response> {
    const response = await this.#required.handle(
      request,
      (report) => this.#takeOver(services, report),
      services.clock.systemMs,
      billingPageOf(services),
    );
    if (response === null) throw new AppError('not_found', 'There is nothing at this address');
    return response;
  }

  get #required(): PaymentProvider {
    if (this.#provider === null) throw new AppError('not_found', 'This server has no payment provider');
    return this.#provider;
  }

  async #settleOnce(services: Services, purchase: PurchaseRecord): Promise<PurchaseRecord | null> {
    const { id, accountId, paymentMethodId, currency } = purchase;
    const amount = totalOf(purchase);
    try {
      // Providers refuse a charge of nothing.
      if (amount === 0n)
        return await this.#end(services, { accountId, purchaseId: id, result: { outcome: 'succeeded' } });
      const result = await this.#required.charge({
        id,
        accountId,
        amount,
        currency,
        paymentMethodId,
        unattended: purchase.source === 'top_up',
        description: purchase.packId,
        attempt: 0,
        orderedAtMs: purchase.createdAtMs,
        nowMs: await nowOf(services, accountId),
      });
      // A bank debit under way: the order stays as it is, and is asked for again.
      if (result.outcome === 'settling') return purchase;
      return await this.#end(services, { accountId, purchaseId: id, result });
    } catch (error) {
      services.log.error(
        { err: error, purchaseId: id },
        'A purchase could not be paid and will be tried again',
      );
      return null;
    }
  }

  async #settleChargeOnce(services: Services, charge: ChargeRecord): Promise<ChargeRecord | null> {
    try {
      let current = charge;
      if (!hasEnded(charge)) {
        const result = await this.#required.charge({
          id: charge.id,
          accountId: charge.accountId,
          amount: charge.amount,
          currency: charge.currency,
          paymentMethodId: charge.paymentMethodId,
          unattended: !charge.attended,
          description: charge.description,
          attempt: charge.attempt,
          orderedAtMs: charge.createdAtMs,
          nowMs: await nowOf(services, charge.accountId),
        });
        // An unchanged charge is no news.
        if (result.outcome === charge.status) return charge;
        current = await this.#endCharge(services, charge, result);
      }
      for (const refund of current.refunds)
        if (refund.status === 'ordered') current = await this.#giveBack(services, current, refund);
      return current;
    } catch (error) {
      services.log.error(
        { err: error, chargeId: charge.id },
        'A charge could not be carried out and will be tried again',
      );
      return null;
    }
  }

  async #endCharge(
    services: Services,
    { accountId, id: chargeId, invoiceId }: ChargeRecord,
    result: ChargeOutcome,
  ): Promise<ChargeRecord> {
    const { outcome } = await executeNew(services, {
      accountId,
      isPaid: true,
      needs: {
        charges: [{ accountId, id: chargeId }],
        invoices: invoiceId === null ? [] : [{ accountId, id: invoiceId }],
      },
      decide(context, loaded) {
        const charge = loaded.charge(accountId, chargeId);
        if (charge === undefined) throw new AppError('not_found', `There is no charge '${chargeId}'`);
        const invoice = invoiceId === null ? undefined : loaded.invoice(accountId, invoiceId);
        return decideChargeResult(context, charge, invoice, result);
      },
    });
    return outcome;
  }

  async #giveBack(services: Services, charge: ChargeRecord, refund: RefundRecord): Promise<ChargeRecord> {
    const { accountId, id: chargeId, invoiceId, paymentMethodId, currency } = charge;
    const { id, amount } = refund;
    const result = await this.#required.refund({
      id,
      accountId,
      chargeId,
      paymentMethodId,
      amount,
      currency,
    });
    const { outcome } = await executeNew(services, {
      accountId,
      isPaid: true,
      needs: {
        charges: [{ accountId, id: chargeId }],
        invoices: invoiceId === null ? [] : [{ accountId, id: invoiceId }],
      },
      decide(context, loaded) {
        const present = loaded.charge(accountId, chargeId);
        if (present === undefined) throw new AppError('not_found', `There is no charge '${chargeId}'`);
        const invoice = invoiceId === null ? undefined : loaded.invoice(accountId, invoiceId);
        return decideRefundResult(context, { charge: present, invoice }, id, result);
      },
    });
    return outcome;
  }

  /** What is said of something that is not here is taken, so that it is not sent again for days; the operator hears of it. */
  async #takeOver(services: Services, report: PaymentReport): Promise<void> {
    try {
      await this.#takeOverKnown(services, report);
    } catch (error) {
      const code = toAppError(error)?.code;
      if (code !== 'not_found' && code !== 'account_not_found') throw error;
      services.log.error(
        { err: error, report: report.kind },
        'The payment provider told of something unknown',
      );
    }
  }

  async #takeOverKnown(services: Services, report: PaymentReport): Promise<void> {
    if (report.kind === 'money_returned') {
      await this.#takeReturned(services, report);
      return;
    }
    if (report.kind === 'charge_ended') {
      const { accountId, purchaseId, result } = report;
      const charge = await services.store.readCharge(accountId, purchaseId);
      if (charge !== undefined && charge.purpose !== 'purchase') {
        await this.#endCharge(services, charge, result);
        return;
      }
      if (result.outcome !== 'settling') await this.#end(services, { accountId, purchaseId, result });
      return;
    }
    if (report.kind === 'method_removed') {
      await executeNew(services, {
        accountId: report.accountId,
        decide: (context) => decidePaymentMethodRemoved(context, report.paymentMethodId),
      });
      return;
    }
    const { accountId, memberId, paymentMethod } = report.entered;
    await executeNew(services, {
      accountId,
      decide: (context) => decidePaymentMethod(context, paymentMethod, memberId),
    });
  }

  async #takeReturned(
    services: Services,
    { accountId, chargeId, refunds, disputes }: Extract<PaymentReport, { kind: 'money_returned' }>,
  ): Promise<void> {
    const known = await services.store.readCharge(accountId, chargeId);
    if (known === undefined) throw new AppError('not_found', `There is no charge '${chargeId}'`);
    const ids = [{ accountId, id: chargeId }];
    const { invoiceId } = known;
    const { outcome } = await executeNew(services, {
      accountId,
      isPaid: true,
      needs: {
        charges: ids,
        // The charge of a purchase has the purchase's id.
        purchases: ids,
        invoices: invoiceId === null ? [] : [{ accountId, id: invoiceId }],
      },
      decide(context, loaded) {
        const charge = loaded.charge(accountId, chargeId) ?? known;
        if (charge.invoiceId !== invoiceId)
          throw new AppError('unavailable', 'The charge has been taken over meanwhile');
        const invoice = invoiceId === null ? undefined : loaded.invoice(accountId, invoiceId);
        const purchase = loaded.purchase(accountId, chargeId);
        return decideReturned(context, { charge, purchase, invoice }, { refunds, disputes });
      },
    });
    for (const { id, status } of disputes)
      if (known.disputes?.find((each) => each.id === id)?.status !== status)
        services.log.warn(
          { accountId, chargeId: outcome.id, disputeId: id, status },
          'A payment is disputed',
        );
  }

  async #end(
    services: Services,
    { accountId, purchaseId, result }: { accountId: string; purchaseId: string; result: PaymentResult },
  ): Promise<PurchaseRecord> {
    const { outcome, after } = await executeNew(services, {
      accountId,
      isPaid: true,
      needs: { purchases: [{ accountId, id: purchaseId }] },
      decide(context, loaded) {
        const purchase = loaded.purchase(accountId, purchaseId);
        if (purchase === undefined) throw new AppError('not_found', `There is no purchase '${purchaseId}'`);
        return decidePaymentResult(context, purchase, result);
      },
    });
    if (outcome.source === 'top_up' && outcome.status === 'failed') retryLater(services, after);
    return outcome;
  }
}

/** The provider's answer. @throws AppError `unavailable` if there is none: nothing is known then, and the provider may be asked again. */
async function reached<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (cause) {
    throw new AppError(
      'unavailable',
      'The payment provider does not answer; the same request may be sent again',
      {
        cause,
      },
    );
  }
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The host's billing page; null where the catalog gives none, or one by its path alone. */
function billingPageOf({ catalogs }: Services): string | null {
  const billing = catalogs.hasOne ? catalogs.latest.links.billing : undefined;
  return billing?.startsWith('http') ? billing : null;
}

/** The account's time, by which its orders are dated. */
async function nowOf(services: Services, accountId: string): Promise<number> {
  const account = await services.store.readAccount(accountId);
  return account === undefined ? services.clock.systemMs : services.clock.now(account.profile);
}

/** Any command orders a top-up that is due, so one that changes nothing else is sent when the wait is over. */
function retryLater(services: Services, { state, nowMs }: DecisionContext): void {
  const { retryAtMs } = state.topUp;
  if (retryAtMs === null) return;
  services.schedule(() => {
    commitDueOf(services, state.profile.id).catch((error: unknown) => {
      services.log.error({ err: error, accountId: state.profile.id }, 'A top-up could not be retried');
    });
  }, retryAtMs - nowMs);
}
