import type { Operation } from '../../contract/api.ts';

/**
 * The calls that the console may make with the operator's key. It is an allow-list: it contains no call that answers with a
 * secret (keys, tokens, webhook secrets, backups), so that no secret can reach a page.
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

/** Calls other than GET that change nothing: a member's page asks for the cost of a use. */
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
