import type { Operation } from '../../contract/api.ts';

/**
 * What the console may ask with the operator's key. It is a list of what it needs and not of what it must not: nothing that answers
 * with a secret (keys, tokens, secrets of webhooks, backups) is in it, so that none can come to a page.
 */
const operatorCalls: readonly Operation[] = [
  'GET /v1/meta',
  'GET /v1/whoami',
  'GET /v1/audit',
  'GET /v1/doctor',
  'GET /v1/accounts',
  'GET /v1/accounts/:accountId',
  'GET /v1/accounts/:accountId/members',
  'GET /v1/accounts/:accountId/summary',
  'GET /v1/accounts/:accountId/usage',
  'GET /v1/accounts/:accountId/usage/series',
  'GET /v1/accounts/:accountId/usage/history',
  'GET /v1/accounts/:accountId/forecast',
  'GET /v1/accounts/:accountId/diagnosis',
  'GET /v1/accounts/:accountId/subscription',
  'GET /v1/accounts/:accountId/credits',
  'GET /v1/accounts/:accountId/ledger',
  'GET /v1/accounts/:accountId/activity',
  'GET /v1/accounts/:accountId/auto-top-up',
  'GET /v1/accounts/:accountId/explain/:entryId',
  'GET /v1/accounts/:accountId/invoices',
  'GET /v1/accounts/:accountId/invoices/upcoming',
  'GET /v1/accounts/:accountId/charges',
  'GET /v1/tasks',
  'GET /v1/tasks/:taskId',
  'GET /v1/models',
  'GET /v1/catalog',
  'GET /v1/catalog/versions',
  'GET /v1/catalog/versions/:version',
  'GET /v1/webhook-endpoints',
  'GET /v1/notices',
  'GET /v1/test-clocks/:clockId',
  'POST /v1/accounts/:accountId/grants',
  'POST /v1/accounts/:accountId/adjustments',
  'POST /v1/accounts/:accountId/voids',
  'POST /v1/accounts/:accountId/charges/:chargeId/refunds',
  'POST /v1/accounts/:accountId/notices/:noticeId/replay',
  'POST /v1/catalog/versions/:version/restore',
  'POST /v1/test-clocks/:clockId/advance',
];

/** What changes nothing although it is no GET: a member's page asks what something would cost. */
const memberQuestions: readonly Operation[] = [
  'POST /v1/check',
  'POST /v1/accounts/:accountId/subscription/preview',
];

export function mayOperatorCall(method: string, path: string): boolean {
  return operatorCalls.some((call) => isCall(call, method, path));
}

/** As a member the console looks, and does nothing. */
export function mayCallAsMember(method: string, path: string): boolean {
  return method === 'GET' || memberQuestions.some((call) => isCall(call, method, path));
}

function isCall(call: Operation, method: string, path: string): boolean {
  const [wanted, pattern = ''] = call.split(' ');
  if (wanted !== method) return false;
  const parts = path.split('/');
  const patternParts = pattern.split('/');
  return (
    parts.length === patternParts.length &&
    patternParts.every((part, index) =>
      part.startsWith(':') ? parts[index] !== '' : part === decoded(parts[index] ?? ''),
    )
  );
}

/** A part of a path as it was before it was encoded; itself where it is none. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
