import { charge as chargeSchema } from '../../../../contract/invoices/charges-schemas.ts';
import { assertWithdrawable } from '../../../../domain/invoices/charges/charges.ts';
import { assertMaySee, readAccount } from '../../../accounts/account-reader.ts';
import { AppError } from '../../../http/reply/problem.ts';
import { readingReply } from '../../../http/reply/reply.ts';
import { managers, route } from '../../../http/route.ts';
import { chargeView } from '../invoice-views.ts';

/** Withdraws the change that a charge waits to be confirmed for. It needs no idempotency key: what is withdrawn stays so. */
export const withdrawCharge = route('POST /v1/accounts/:accountId/charges/:chargeId/withdraw', {
  words: 'Withdraws the change that a charge waits to be confirmed for; everything stays as it was',
  callers: managers,
  answers: { 200: chargeSchema },
  async handle({ services, params, caller }) {
    const { accountId, chargeId } = params;
    const { state, catalog, viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const charge = await services.store.readCharge(accountId, chargeId);
    if (charge === undefined)
      throw new AppError('not_found', `There is no charge '${chargeId}' in this account`);
    assertWithdrawable(charge);
    const ended =
      charge.status === 'failed' ? charge : await services.payments.withdrawCharge(services, charge);
    if (ended.status !== 'failed')
      throw new AppError('conflict', 'The payment was confirmed meanwhile, and the change is made');
    return readingReply({ state }, chargeView(ended, catalog));
  },
});
