import { createUsageKitClient, type UsageKitClient } from '@usagekit/server/client';
import type { MeterOptions } from '@usagekit/server/client/telemetry';
import type { Credits, Hold, Page, Usage } from '@usagekit/server/contract';
import { beforeEach } from 'vitest';
import { smallCatalogConfig } from '../../../support/small-catalog.ts';
import { createTestServer, secretKey, type TestServer } from '../../support/test-server.ts';

/** One credit for each token of input, two for each of output, so that what was counted can be read from the charge. */
export const catalog = {
  ...smallCatalogConfig,
  models: ['gpt-test', 'claude-test'].map((id) => ({
    id,
    label: id,
    provider: id === 'gpt-test' ? 'openai' : 'anthropic',
    tier: 'light',
    prices: [{ input: { amount: '1' }, output: { amount: '2' }, cached: { amount: '0.5' } }],
  })),
};

/** The same with a rate for every kind that the libraries tell apart. */
export const everyKind = {
  ...catalog,
  models: catalog.models.map((model) => ({
    ...model,
    prices: model.prices.map((price) => ({
      ...price,
      cacheWrite: { amount: '5' },
      cacheWriteHour: { amount: '7' },
      reasoning: { amount: '3' },
      audioInput: { amount: '10' },
      audioOutput: { amount: '20' },
      serviceTiers: { batch: '0.5' },
    })),
  })),
};

// Each test begins with new ones; a test that imports one sees the present one.
export let server: TestServer;
export let usage: UsageKitClient;
export let meter: MeterOptions;

beforeEach(async () => {
  server = createTestServer({ catalog });
  await server.account('acme', { planId: 'pro' });
  await server.member('acme', 'ann');
  await server.post('/v1/accounts/acme/grants', { amount: '9000' });
  usage = createUsageKitClient({
    url: 'http://usage.test',
    key: secretKey,
    fetch: async (input, init) => server.app.fetch(new Request(input, init)),
  });
  meter = { usage, accountId: 'acme', memberId: 'ann', model: 'gpt-test', provider: 'openai' };
});

export async function charged(): Promise<number> {
  const { body } = await server.get<Credits>('/v1/accounts/acme/credits');
  return 10_000 - Number(body.available) - Number(body.held);
}

export async function openHolds(): Promise<number> {
  const { body } = await server.get<Page<Hold>>('/v1/holds?accountId=acme');
  return body.items.filter(({ status }) => status === 'open').length;
}

export async function tokensUsed() {
  const { body } = await server.get<Usage>('/v1/accounts/acme/usage');
  return body.groups.flatMap(({ meters }) => meters).find(({ metric }) => metric === 'tokens')?.used;
}

/** The cost of a request: 20 of input, 10 read from a cache at half, 7 of output at two. */
export const costOfRequest = 20 + 5 + 14;
