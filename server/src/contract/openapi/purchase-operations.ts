import { paths } from '../paths.ts';
import { pageQuery } from '../schemas/primitives.ts';
import { components as schema } from './components.ts';
import { addressOf, backend, members, type Operation } from './operation.ts';

/** Buying credits, and what belongs to it. */
export const purchaseOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: addressOf(paths.purchase(':accountId', ':packId')),
    summary: 'Buys a credit pack; one key is one purchase, from the order to its end',
    callers: members,
    idempotent: 'required',
    answers: { 201: schema.PurchaseAnswer },
  },
  {
    method: 'GET',
    path: addressOf(paths.purchaseById(':accountId', ':purchaseId')),
    summary: 'One purchase as it stands',
    callers: members,
    answers: { 200: schema.Purchase },
  },
  {
    method: 'POST',
    path: addressOf(paths.adjustments(':accountId')),
    summary: 'Corrects the balance, with a reason',
    callers: backend,
    idempotent: 'required',
    body: schema.AdjustmentRequest,
    answers: { 201: schema.AdjustmentAnswer },
  },
  {
    method: 'GET',
    path: addressOf(paths.autoTopUp(':accountId')),
    summary: 'How auto top-up is set and stands',
    callers: members,
    answers: { 200: schema.AutoTopUp },
  },
  {
    method: 'PUT',
    path: addressOf(paths.autoTopUp(':accountId')),
    summary: 'Sets auto top-up',
    callers: members,
    body: schema.AutoTopUpInput,
    answers: { 200: schema.AutoTopUp },
  },
  {
    method: 'GET',
    path: addressOf(paths.activity(':accountId')),
    summary: 'The activity log, newest first',
    callers: members,
    query: pageQuery,
    answers: { 200: schema.ActivityPage },
  },
  {
    method: 'GET',
    path: addressOf(paths.ownKeys(':accountId')),
    summary: 'Providers whose own key the account uses',
    callers: members,
    answers: { 200: schema.OwnKeyList },
  },
  {
    method: 'PUT',
    path: addressOf(paths.ownKey(':accountId', ':provider')),
    summary: "Says that the account's own key is in use; the key itself is never sent",
    callers: members,
    body: schema.OwnKeyInput,
    answers: { 200: schema.OwnKeyList },
  },
  {
    method: 'DELETE',
    path: addressOf(paths.ownKey(':accountId', ':provider')),
    summary: "Falls back to the platform's key",
    callers: members,
    answers: { 204: null },
  },
  {
    method: 'POST',
    path: addressOf(paths.paymentMethodSession(':accountId')),
    summary: 'A page on which a payment method is entered',
    callers: members,
    body: schema.PaymentSessionRequest,
    answers: { 201: schema.PaymentSession },
  },
];
