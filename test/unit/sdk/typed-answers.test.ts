import { createClient, type UsageKitClient } from '@usagekit/react';
import { type Credits, type Forecast, type Member, type Page, paths } from '@usagekit/server/contract';
import { expect, expectTypeOf, it } from 'vitest';
import { sendChange } from '../../../sdk/src/client/send-change.ts';

// Types are checked by the compiler, which reads this file with every change; what runs shows that the calls are real ones.

it('knows the answer of an address from the table of routes, and no other can be claimed', async () => {
  const asked: string[] = [];
  const client = createClient({
    baseUrl: 'http://usage.test',
    fetch: async (input) => {
      asked.push(String(input));
      return Response.json({});
    },
  });
  const read = (typed: UsageKitClient) => typed.request({ path: paths.forecast('acme') });
  expectTypeOf(read).returns.resolves.toEqualTypeOf<Forecast>();
  const list = (typed: UsageKitClient) => typed.request({ path: paths.members('acme') });
  expectTypeOf(list).returns.resolves.toEqualTypeOf<Page<Member>>();
  const save = (typed: UsageKitClient) =>
    sendChange(typed, { method: 'PUT', path: paths.member('acme', 'mia'), body: {} });
  expectTypeOf(save).returns.resolves.toEqualTypeOf<Member>();
  // @ts-expect-error The forecast is no credits.
  const claimed: Promise<Credits> = client.request({ path: paths.forecast('acme') });
  // An address that is only text answers what its caller says.
  const own = client.request<Credits>({ path: '/v1/accounts/acme/credits' as string });
  expectTypeOf(own).resolves.toEqualTypeOf<Credits>();
  await Promise.all([read(client), list(client), save(client), claimed, own]);
  expect(asked.map((url) => new URL(url).pathname).sort()).toEqual([
    '/v1/accounts/acme/credits',
    '/v1/accounts/acme/forecast',
    '/v1/accounts/acme/forecast',
    '/v1/accounts/acme/members',
    '/v1/accounts/acme/members/mia',
  ]);
});
