import { billingDetails, invoiceParty } from '../../../contract/invoices/invoices-schemas.ts';
import { decideBuyer } from '../../../domain/invoices/changes.ts';
import { buyerOf } from '../../../domain/invoices/parties.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { executeNew } from '../../execute.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { managers, readers, route } from '../../http/route.ts';

export const getBillingDetails = route('GET /v1/accounts/:accountId/billing-details', {
  words: 'The buyer named on the next invoices',
  callers: readers,
  answers: { 200: invoiceParty },
  async handle({ services, params, caller }) {
    const { state, viewer } = await readAccount(services, params.accountId, caller);
    assertMaySee(viewer.view.invoices);
    return readingReply({ state }, buyerOf(state));
  },
});

export const putBillingDetails = route('PUT /v1/accounts/:accountId/billing-details', {
  words: 'Sets the buyer named on the next invoices',
  callers: managers,
  body: billingDetails,
  answers: { 200: invoiceParty },
  async handle({ services, params, body, caller }) {
    const { accountId } = params;
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const { after } = await executeNew(services, {
      accountId,
      decide: (context) => decideBuyer(context, body, viewer.memberId),
    });
    return readingReply(after, buyerOf(after.state));
  },
});
