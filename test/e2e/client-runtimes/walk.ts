import { createUsageKitClient, newIdempotencyKey, toHostResponse, UsageKitApiError } from '@usagekit/node';
import { createUsageKitHandler, type UsageKitHandler } from '@usagekit/node/handlers';
import { meterModel } from '@usagekit/node/telemetry';

/** The server, and the account that is made for the walk. */
export interface Way {
  url: string;
  key: string;
  accountId: string;
}

/**
 * What a host's backend does with the client, in whichever runtime loads this file: it uses nothing but what every runtime for
 * the web has. It tells the result.
 */
export async function walk({ url, key, accountId }: Way) {
  const usage = createUsageKitClient({ url, key });
  await usage.putAccount(accountId, { name: 'Acme', planId: 'free' });
  await usage.putMember(accountId, 'ann', { role: 'owner' });
  const search = (calls: number) => ({ accountId, memberId: 'ann', items: [{ tool: 'search', calls }] });

  const idempotencyKey = newIdempotencyKey();
  const first = await usage.consume(search(5), { idempotencyKey });
  const again = await usage.consume(search(5), { idempotencyKey });
  const hold = await usage.createHold(search(10));
  if (!first.allowed || !hold.allowed) throw new Error('The account has credits for this');
  await usage.settleHold(hold.hold.id, { accountId, items: [{ tool: 'search', calls: 3 }] });
  const refused = await usage.consume(search(1_000));
  if (refused.allowed) throw new Error('The account has no credits for this');
  const toVisitor = toHostResponse(refused, { viewer: 'visitor' });
  const missing = await usage
    .request('GET /v1/accounts/:accountId', { params: { accountId: 'nobody' } })
    .catch((error: unknown) => error);
  const { accepted } = await usage.reportEvents([
    { id: 'fact-1', accountId, items: [{ tool: 'search', calls: 1 }] },
  ]);
  const { available } = await usage.request('GET /v1/accounts/:accountId/credits', { params: { accountId } });

  return {
    sentTwice: JSON.stringify(first) === JSON.stringify(again),
    cost: first.cost.amount,
    refused: refused.refusal.reason,
    toVisitor: [toVisitor.status, /credit/.test(await toVisitor.text())],
    missing: missing instanceof UsageKitApiError && missing.code,
    accepted,
    available,
    telemetry: typeof meterModel,
    ...(await walkRoutes({ url, key, accountId })),
  };
}

/** The routes for the widgets, called as the runtime's own server calls them. */
async function walkRoutes({ url, key, accountId }: Way) {
  const usageKit = routes({ url, key, accountId });
  const request = (path: string, init?: RequestInit) => new Request(`https://host.example${path}`, init);
  const token = await usageKit(request('/api/usagekit/token', { method: 'POST' }));
  const credits = await usageKit(request(`/api/usagekit/v1/accounts/${accountId}/credits`));
  const fromElsewhere = await usageKit(
    request('/api/usagekit/token', { method: 'POST', headers: { Origin: 'https://evil.example' } }),
  );
  const ending = new AbortController();
  const stream = await usageKit(
    request(`/api/usagekit/v1/accounts/${accountId}/stream`, { signal: ending.signal }),
  );
  const reader = stream.body?.getReader();
  const begun = await reader?.read();
  await reader?.cancel();
  ending.abort();
  const gate = await usageKit.gate(request('/api/ask', { method: 'POST' }), {
    items: [{ tool: 'search', calls: 1 }],
  });
  return {
    token: [token.status, typeof (await token.json()).token],
    throughTheHost: [credits.status, (await credits.json()).available],
    fromElsewhere: fromElsewhere.status,
    stream: [stream.headers.get('Cache-Control'), begun?.done],
    gate: gate.allowed,
  };
}

export function routes({ url, key, accountId }: Way): UsageKitHandler {
  return createUsageKitHandler({
    url,
    key,
    identify: () => ({ accountId, memberId: 'ann', role: 'owner' }),
  });
}

/** What `walk` tells of a server on the small catalog, in every runtime. */
export const expected = {
  sentTwice: true,
  cost: '10',
  refused: 'insufficient_credits',
  toVisitor: [503, false],
  missing: 'account_not_found',
  accepted: 1,
  available: '82',
  telemetry: 'function',
  token: [201, 'string'],
  throughTheHost: [200, '82'],
  fromElsewhere: 403,
  stream: ['no-cache, no-transform', false],
  gate: true,
};
