import { join } from 'node:path';
import { type App, createApp } from '@usagekit/server/app';
import type { CatalogConfig, PlanConfig } from '@usagekit/server/contract';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { alternate } from '../alternate.ts';
import type { Bench } from '../bench.ts';
import { rateOf } from '../engine/engine.ts';
import { withFolder } from '../support/with-folder.ts';

const accounts = 500;
const operations = 6_400;
const secretKey = 'sk_test_for-the-bench-of-subscriptions';
const nowMs = Date.UTC(2026, 10, 20, 8);
const addOnIds = ['calls_1', 'calls_2', 'emails_1', 'emails_2', 'storage_1', 'captcha'] as const;
const limited = ['emails', 'calls', 'workflows'] as const;

export const bench: Bench = {
  name: 'consume-with-subscription',
  description:
    'consumes on accounts in a trial with 6 add-ons, 3 own limits and 3 alerts, 64 under way, against consumes on a bare plan',
  target: 0.9,
  measure: () =>
    withFolder(async (folder) => {
      const store = createSqliteStore({ file: join(folder, 'subscriptions.db') });
      let ids = 0;
      const app = createApp({
        store,
        clock: { nowMs: () => nowMs },
        newId: () => `id-${(ids++).toString().padStart(9, '0')}`,
        catalog: catalogOfBoth(),
        secretKeys: [secretKey],
        tokenSecret: 'a secret for this bench only',
      });
      await makeAccounts(app);
      const consume = (plan: 'bare' | 'full') => () =>
        send(app, 'POST', '/v1/consume', {
          accountId: `${plan}-${Math.floor(Math.random() * accounts)}`,
          memberId: 'mia',
          category: 'agent',
          items: [
            { metric: 'emails', quantity: '1' },
            { metric: 'calls', quantity: '1' },
            { model: 'swift-1' },
            { tool: 'search', calls: 2 },
          ],
        });
      const { ratio, ours, theirs } = await alternate(
        9,
        () => rateOf(operations, 64, consume('full')),
        () => rateOf(operations, 64, consume('bare')),
      );
      await app.close();
      await store.close();
      return {
        ratio,
        figures: { 'with a subscription a second': ours, 'on a bare plan a second': theirs },
      };
    }),
};

/** Two plans that include the same; one has a trial and add-ons. */
function catalogOfBoth(): CatalogConfig {
  const [free] = smallCatalogConfig.plans;
  if (free === undefined) throw new Error('The catalog has no plan.');
  const plan: PlanConfig = {
    ...free,
    monthlyCredits: '1000000000',
    limits: [
      { metric: 'emails', included: '100000000', policy: 'hard' },
      { metric: 'workflows', included: '100000000', policy: 'soft' },
      { metric: 'calls', included: '100000000', policy: 'hard' },
      { metric: 'storage', included: '5', policy: 'hard' },
    ],
  };
  const price = { month: { amount: '5', currency: 'USD' } };
  const addOn = { label: 'Pack', price, plans: ['full'] };
  return {
    ...smallCatalogConfig,
    defaultPlanId: 'bare',
    plans: [
      { ...plan, id: 'bare', rank: 0 },
      { ...plan, id: 'full', name: 'Full', rank: 1, kind: 'paid', price, trial: { days: 14 } },
    ],
    addOns: addOnIds.map((id) => {
      const [metric] = id.split('_');
      return id === 'captcha' || metric === undefined
        ? { ...addOn, id, feature: 'captcha' }
        : { ...addOn, id, allowance: { metric, quantity: '100' } };
    }),
  };
}

async function makeAccounts(app: App): Promise<void> {
  for (let index = 0; index < accounts; index++) {
    await send(app, 'PUT', `/v1/accounts/bare-${index}`, { planId: 'bare' });
    const full = `/v1/accounts/full-${index}`;
    await send(app, 'PUT', full, { planId: 'bare' });
    await send(app, 'POST', `${full}/subscription/change`, { planId: 'full' });
    for (const id of addOnIds) await send(app, 'PUT', `${full}/add-ons/${id}`, { quantity: 1 });
    for (const metric of limited) {
      await send(app, 'PUT', `${full}/limits/${metric}`, { limit: '90000000' });
      await send(app, 'PUT', `${full}/alerts/${metric}`, { amounts: ['80000000'] });
    }
  }
}

let keys = 0;

async function send(app: App, method: string, path: string, body: object): Promise<void> {
  keys += 1;
  const response = await app.fetch(
    new Request(`http://usage.bench${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/json',
        'idempotency-key': `0199f000-${keys.toString().padStart(12, '0')}`,
      },
      body: JSON.stringify(body),
    }),
  );
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}
