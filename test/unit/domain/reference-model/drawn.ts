import type { LedgerKind } from '@usagekit/server/contract';
import type { Operation } from '../../../../server/src/contract/api.ts';

/** The random histories that compare the server with a plain model of its law. */
export type History = 'use' | 'subscription' | 'tasks' | 'top_ups';

/** A call of the API that writes. */
export type WritingCall = Extract<Operation, `${'POST' | 'PUT' | 'PATCH' | 'DELETE'} ${string}`>;

/** Drawn by these histories, or left out for this reason. */
export type Drawn = readonly History[] | { readonly leftOut: string };

const readsOnly = { leftOut: 'It stores nothing.' };
const noFigure = { leftOut: 'It changes no figure of an account.' };
const atTheProvider = {
  leftOut:
    'What the payment provider answers decides it. Examples with faults of the provider hold it (`unit/domain/invoices/payments`, `meta/payment-faults`).',
};
const onIssuedInvoices = {
  leftOut: 'It changes an issued invoice alone. `unit/domain/invoices` and the worked examples hold it.',
};
const erasure = {
  leftOut:
    'It replaces names and no figure. `unit/domain/erasures` and `store/erasures` draw what is erased, and compare every figure.',
};

/** Every call that writes. A new one does not compile until it is drawn, or left out with a reason. */
export const drawnCalls: Record<WritingCall, Drawn> = {
  'POST /v1/check': readsOnly,
  'POST /v1/consume': ['use', 'top_ups', 'subscription'],
  'POST /v1/events': ['use', 'tasks'],
  'POST /v1/otlp/v1/traces': { leftOut: 'It reports events under another form (`api/events/otlp`).' },
  'POST /v1/holds': ['use'],
  'POST /v1/holds/:holdId/settle': ['use'],
  'POST /v1/holds/:holdId/release': ['use'],
  'POST /v1/tasks': ['tasks'],
  'PATCH /v1/tasks/:taskId': ['tasks'],
  'PUT /v1/accounts/:accountId': noFigure,
  'POST /v1/accounts/:accountId/members': noFigure,
  'PUT /v1/accounts/:accountId/members/:memberId': {
    leftOut:
      'A history has one member, whose allocation is drawn with the account (`unit/domain/members/allocations`).',
  },
  'DELETE /v1/accounts/:accountId/members/:memberId': noFigure,
  'POST /v1/tokens': noFigure,
  'POST /v1/keys': noFigure,
  'DELETE /v1/keys/:keyId': noFigure,
  'POST /v1/keys/:keyId/rotate': noFigure,
  'POST /v1/token-secret/rotate': noFigure,
  'POST /v1/pairings': noFigure,
  'POST /v1/pairings/token': noFigure,
  'POST /v1/pairings/:userCode/approve': noFigure,
  'POST /v1/pairings/:userCode/deny': noFigure,
  'POST /v1/keys/own/rotate': noFigure,
  'DELETE /v1/accounts/:accountId/connected-browsers/:browserId': noFigure,
  'POST /v1/accounts/:accountId/subscription/preview': {
    leftOut: 'It stores nothing; histories of subscriptions ask for it before every command, and compare.',
  },
  'POST /v1/accounts/:accountId/subscription/change': ['subscription'],
  'POST /v1/accounts/:accountId/subscription/cancel': ['subscription'],
  'POST /v1/accounts/:accountId/subscription/resume': ['subscription'],
  'POST /v1/accounts/:accountId/subscription/trial': ['subscription'],
  'POST /v1/accounts/:accountId/subscription/trial/end': ['subscription'],
  'POST /v1/accounts/:accountId/subscription/move': {
    leftOut: 'The plans of the histories keep their terms (`api/subscription`).',
  },
  'PUT /v1/accounts/:accountId/contract': ['subscription'],
  'DELETE /v1/accounts/:accountId/contract': ['subscription'],
  'PUT /v1/accounts/:accountId/payment-standing': atTheProvider,
  'PUT /v1/accounts/:accountId/seats/:seatType': ['subscription'],
  'PUT /v1/accounts/:accountId/add-ons/:addOnId': ['subscription'],
  'PUT /v1/accounts/:accountId/dedicated-ips': ['subscription'],
  'PUT /v1/accounts/:accountId/dedicated-ips/:ipId': ['subscription'],
  'DELETE /v1/accounts/:accountId/dedicated-ips/:ipId': ['subscription'],
  'PUT /v1/accounts/:accountId/additional-use/:metric': ['subscription'],
  'PUT /v1/accounts/:accountId/limits/:metric': ['subscription'],
  'PUT /v1/accounts/:accountId/alerts/:metric': ['subscription'],
  'PUT /v1/accounts/:accountId/alert-email': noFigure,
  'POST /v1/accounts/:accountId/grants': ['use', 'tasks'],
  'POST /v1/accounts/:accountId/adjustments': ['use'],
  'POST /v1/accounts/:accountId/voids': ['use'],
  'POST /v1/accounts/:accountId/credit-packs/:packId/purchase': atTheProvider,
  'PUT /v1/accounts/:accountId/auto-top-up': {
    leftOut: 'Histories of top-ups draw its settings once, at the beginning.',
  },
  'POST /v1/accounts/:accountId/payment-method/session': atTheProvider,
  'POST /v1/accounts/:accountId/invoices/:invoiceId/pay': atTheProvider,
  'POST /v1/accounts/:accountId/invoices/:invoiceId/void': onIssuedInvoices,
  'POST /v1/accounts/:accountId/invoices/:invoiceId/uncollectible': onIssuedInvoices,
  'POST /v1/accounts/:accountId/invoices/:invoiceId/paid': onIssuedInvoices,
  'POST /v1/accounts/:accountId/invoices/:invoiceId/credit-notes': onIssuedInvoices,
  'POST /v1/accounts/:accountId/invoice-lines': onIssuedInvoices,
  'POST /v1/accounts/:accountId/charges/:chargeId/withdraw': atTheProvider,
  'POST /v1/accounts/:accountId/charges/:chargeId/refunds': atTheProvider,
  'POST /v1/accounts/:accountId/portal/session': noFigure,
  'PUT /v1/accounts/:accountId/billing-details': noFigure,
  'PUT /v1/catalog': ['use'],
  'POST /v1/catalog/versions/:version/restore': ['use'],
  'POST /v1/route': readsOnly,
  'PUT /v1/accounts/:accountId/own-keys/:provider': {
    leftOut:
      'The account’s own key makes a model free (`unit/domain/pricing/pricing`, `unit/domain/pricing/model-prices`).',
  },
  'DELETE /v1/accounts/:accountId/own-keys/:provider': {
    leftOut:
      'The account’s own key makes a model free (`unit/domain/pricing/pricing`, `unit/domain/pricing/model-prices`).',
  },
  'PUT /v1/webhook-endpoints/:endpointId': noFigure,
  'DELETE /v1/webhook-endpoints/:endpointId': noFigure,
  'POST /v1/webhook-endpoints/:endpointId/rotate-secret': noFigure,
  'POST /v1/accounts/:accountId/notices/:noticeId/replay': noFigure,
  'POST /v1/test-clocks': noFigure,
  'POST /v1/test-clocks/:clockId/advance': ['use', 'tasks', 'top_ups'],
  'POST /v1/accounts/:accountId/erase': erasure,
  'POST /v1/accounts/:accountId/members/:memberId/erase': erasure,
};

/** Every kind of entry that a ledger can have, and whether the histories of use write it. */
export const drawnEntries: Record<LedgerKind, true | { readonly leftOut: string }> = {
  grant: true,
  debit: true,
  hold: true,
  release: true,
  expiry: true,
  reset: true,
  adjustment: true,
  refund: true,
  debt: true,
  debt_payment: true,
};
