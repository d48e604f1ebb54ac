import type { CatalogConfig, Credits, LedgerEntry, Page, PaymentSession } from '@usagekit/server/contract';
import { createSandboxProvider } from '@usagekit/server/payments';
import { describe, expect, it } from 'vitest';
import fc from '../../support/fast-check.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

type Change =
  | { kind: 'price'; amount: number }
  | { kind: 'plan credits'; amount: number }
  | { kind: 'packs'; days: number | null }
  | { kind: 'plan'; planId: 'free' | 'pro' }
  | { kind: 'move' }
  | { kind: 'restore' }
  | { kind: 'spend'; calls: number }
  | { kind: 'days'; days: number };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('price' as const), amount: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ kind: fc.constant('plan credits' as const), amount: fc.integer({ min: 0, max: 500 }) }),
  fc.record({ kind: fc.constant('packs' as const), days: fc.option(fc.integer({ min: 1, max: 30 })) }),
  fc.record({ kind: fc.constant('plan' as const), planId: fc.constantFrom('free' as const, 'pro' as const) }),
  fc.record({ kind: fc.constant('move' as const) }),
  fc.record({ kind: fc.constant('restore' as const) }),
  fc.record({ kind: fc.constant('spend' as const), calls: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('days' as const), days: fc.integer({ min: 1, max: 45 }) }),
);

/** Of the pack that is bought, which never ends as it is sold. */
const bought = 500;

/** An account on Free that has bought a pack. */
async function buyer(): Promise<{ server: TestServer; grantId: string }> {
  const payments = createSandboxProvider({
    publicUrl: 'http://usage.test',
    sign: async (text) => `s${text.length}`,
  });
  const server = createTestServer({ payments });
  await server.account('acme');
  const token = await server.member('acme', 'ada', { role: 'owner' });
  const session = await server.post<PaymentSession>(
    '/v1/accounts/acme/payment-method/session',
    { returnUrl: 'https://app.example.com/billing' },
    { token },
  );
  const card = new URLSearchParams({ card: 'succeeds' });
  await server.app.fetch(new Request(session.body.url, { method: 'POST', body: card }));
  await server.post('/v1/accounts/acme/credit-packs/small/purchase', undefined, { token });
  const { body } = await server.get<Credits>('/v1/accounts/acme/credits');
  const grant = body.grants.find(({ source }) => source === 'purchase');
  expect(grant?.amount).toBe(String(bought));
  return { server, grantId: grant?.id ?? '' };
}

/** What happened to the credits that were bought, by kind of entry. */
async function movesOf(server: TestServer, grantId: string): Promise<Map<string, number>> {
  const moves = new Map<string, number>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body }: { body: Page<LedgerEntry> } = await server.get<Page<LedgerEntry>>(
      `/v1/accounts/acme/ledger?limit=500${after}`,
    );
    for (const { kind, grants } of body.items)
      for (const leg of grants)
        if (leg.grantId === grantId) moves.set(kind, (moves.get(kind) ?? 0) + Number(leg.amount));
    cursor = body.nextCursor;
  }
  return moves;
}

describe('credits that were paid for', () => {
  it('F18: are spent, and never ended by a change of price, plan, packs or version', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const { server, grantId } = await buyer();
        let config: CatalogConfig = smallCatalogConfig;
        const put = async (next: CatalogConfig) => {
          const answered = await server.put('/v1/catalog', next);
          expect(answered.status).toBe(200);
          config = next;
        };
        for (const one of changes) await apply(server, one, config, put);
        const moves = await movesOf(server, grantId);
        const spent = -(moves.get('debit') ?? 0) - (moves.get('debt_payment') ?? 0);
        const { body } = await server.get<Credits>('/v1/accounts/acme/credits');
        const left = Number(body.grants.find(({ id }) => id === grantId)?.remaining ?? 0);
        expect([...moves.keys()].filter((kind) => kind === 'reset' || kind === 'expiry')).toEqual([]);
        expect(left + spent).toBe(bought);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

async function apply(
  server: TestServer,
  one: Change,
  config: CatalogConfig,
  put: (next: CatalogConfig) => Promise<void>,
): Promise<void> {
  switch (one.kind) {
    case 'price':
      return put({
        ...config,
        tools: [{ id: 'search', label: 'Web search', prices: [{ amount: String(one.amount) }] }],
      });
    case 'plan credits':
      return put({
        ...config,
        plans: config.plans.map((plan) => ({ ...plan, monthlyCredits: String(one.amount) })),
      });
    case 'packs':
      return put({
        ...config,
        creditPacks: (config.creditPacks ?? []).map(({ expiresAfterDays: _, ...pack }) => ({
          ...pack,
          ...(one.days === null ? {} : { expiresAfterDays: { free: one.days, paid: one.days } }),
        })),
      });
    case 'plan':
      expect((await server.put('/v1/accounts/acme', { planId: one.planId })).status).toBe(200);
      return;
    case 'move':
      // 409 where it is on the latest version already.
      expect([200, 409]).toContain(
        (await server.post('/v1/accounts/acme/subscription/move', { when: 'now' })).status,
      );
      return;
    case 'restore':
      expect((await server.post('/v1/catalog/versions/1/restore', undefined)).status).toBe(200);
      return;
    case 'spend':
      await server.post('/v1/consume', { accountId: 'acme', items: [{ tool: 'search', calls: one.calls }] });
      return;
    default:
      server.clock.advance(one.days * 86_400_000);
  }
}
