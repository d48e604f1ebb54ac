import type {
  Activity,
  CreatedKey,
  Member,
  Page,
  Problem,
  Usage,
  UsageSeries,
} from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const path = '/v1/accounts/acme/members/ada';
const summary = '/v1/accounts/acme/summary';
const remove = (server: TestServer) => server.send<Problem>('DELETE', path);

async function serverWithMember() {
  const server = createTestServer();
  await server.account();
  const token = await server.member('acme', 'ada', { name: 'Ada Lovelace', allocations: { emails: '5' } });
  const key = await server.post<CreatedKey>('/v1/keys', {
    kind: 'extension',
    label: 'Browser',
    accountId: 'acme',
    memberId: 'ada',
  });
  await server.post('/v1/consume', {
    accountId: 'acme',
    memberId: 'ada',
    items: [{ metric: 'emails', quantity: '2' }],
  });
  return { server, token, extension: key.body.secret };
}

it('F24: a removed member’s token and extension key are refused at once', async () => {
  const { server, token, extension } = await serverWithMember();
  for (const credentials of [token, extension])
    expect((await server.get(summary, credentials)).status).toBe(200);
  expect((await remove(server)).status).toBe(204);
  for (const credentials of [token, extension])
    expect((await server.get(summary, credentials)).status).toBe(403);
  const fresh = await server.post<Problem>('/v1/tokens', { accountId: 'acme', memberId: 'ada' });
  expect([fresh.status, fresh.body.code]).toEqual([404, 'member_not_found']);
  expect((await remove(server)).status).toBe(404);
});

it('F24: history keeps what the member used, under a pseudonym', async () => {
  const { server } = await serverWithMember();
  await remove(server);
  const series = await server.get<UsageSeries>(
    '/v1/accounts/acme/usage/series?metric=emails&groupBy=member&interval=day&from=2026-06-10T00:00:00Z&to=2026-06-11T00:00:00Z',
  );
  const [group] = series.body.groups;
  expect(group?.label).toMatch(/^Former member [0-9a-f]{6}$/);
  expect(series.body.total).toBe('2');
  const log = await server.get<Page<Activity>>('/v1/accounts/acme/activity');
  expect(log.body.items[0]).toMatchObject({
    kind: 'member_removed',
    description: `${group?.label} was removed`,
  });
  expect(JSON.stringify(server.exchanges.slice(-2))).not.toContain('Lovelace');
  expect((await server.get<Page<Member>>('/v1/accounts/acme/members')).body.items).toEqual([]);
  expect((await server.get(path)).status).toBe(404);
  const { body } = await server.get<Usage>('/v1/accounts/acme/usage');
  expect(body.groups.flatMap(({ meters }) => meters).find(({ metric }) => metric === 'emails')?.used).toBe(
    '2',
  );
});

it('F24: made again under the same id the member begins from zero, and what was issued before stays refused', async () => {
  const { server, token, extension } = await serverWithMember();
  server.clock.advance(1_000);
  await remove(server);
  const again = await server.put<Member>(path, {});
  expect([again.status, again.body]).toMatchObject([201, { name: 'ada', role: 'member', allocations: {} }]);
  for (const credentials of [token, extension])
    expect((await server.get(summary, credentials)).status).toBe(403);
  const fresh = await server.token({ accountId: 'acme', memberId: 'ada' });
  expect((await server.get(summary, fresh)).status).toBe(200);
});
