import { paymentMethodAnswer } from '../../../contract/purchases/purchases-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { formatInstant } from '../../http/instants.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { managers, route } from '../../http/route.ts';
import { paymentMethodView } from './purchase-views.ts';

/** The payment method, by the same rule as the charges: it belongs to what is billed, not to how money of use is shown. */
export const getPaymentMethod = route('GET /v1/accounts/:accountId/payment-method', {
  words: 'The payment method that is charged',
  callers: managers,
  answers: { 200: paymentMethodAnswer },
  async handle({ services, params, caller }) {
    const { state, viewer, nowMs } = await readAccount(services, params.accountId, caller);
    assertMaySee(viewer.view.invoices);
    return readingReply(
      { state },
      {
        paymentMethod: paymentMethodView(state),
        canManage: viewer.view.manage,
        asOf: formatInstant(nowMs),
        timeZone: state.profile.timeZone,
      },
    );
  },
});
