import { paths } from '../paths.ts';
import { pageQuery } from '../schemas/primitives.ts';
import { components as schema } from './components.ts';
import { backend, get, members, type Operation, post, put, remove } from './operation.ts';

/** Buying credits, and what belongs to it. */
export const purchaseOperations: readonly Operation[] = [
  post(
    paths.purchase(':accountId', ':packId'),
    members,
    'Buys a credit pack; one key is one purchase, from the order to its end',
    { idempotent: 'required', 201: schema.PurchaseAnswer },
  ),
  get(paths.purchaseById(':accountId', ':purchaseId'), members, 'One purchase as it stands', {
    200: schema.Purchase,
  }),
  post(paths.adjustments(':accountId'), backend, 'Corrects the balance, with a reason', {
    body: schema.AdjustmentRequest,
    idempotent: 'required',
    201: schema.AdjustmentAnswer,
  }),
  get(paths.autoTopUp(':accountId'), members, 'How auto top-up is set and stands', { 200: schema.AutoTopUp }),
  put(paths.autoTopUp(':accountId'), members, 'Sets auto top-up', {
    body: schema.AutoTopUpInput,
    200: schema.AutoTopUp,
  }),
  get(paths.activity(':accountId'), members, 'The activity log, newest first', {
    query: pageQuery,
    200: schema.ActivityPage,
  }),
  get(paths.ownKeys(':accountId'), members, 'Providers whose own key the account uses', {
    200: schema.OwnKeyList,
  }),
  put(
    paths.ownKey(':accountId', ':provider'),
    members,
    "Says that the account's own key is in use; the key itself is never sent",
    { body: schema.OwnKeyInput, 200: schema.OwnKeyList },
  ),
  remove(paths.ownKey(':accountId', ':provider'), members, "Falls back to the platform's key", { 204: null }),
  post(paths.paymentMethodSession(':accountId'), members, 'A page on which a payment method is entered', {
    body: schema.PaymentSessionRequest,
    201: schema.PaymentSession,
  }),
];
