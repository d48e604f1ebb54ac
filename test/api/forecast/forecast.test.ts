import type { Forecast, PlanWindowConfig } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const dayMs = 86_400_000;
const path = '/v1/accounts/acme/forecast';

const forecastOf = async (server: TestServer, token?: string) =>
  (await server.get<Forecast>(path, token)).body;

/** An account that sent so many emails on each of so many days. */
async function afterDays(
  count: number,
  emails: (day: number) => number,
  timeZone = 'UTC',
): Promise<TestServer> {
  const server = createTestServer();
  await server.account('acme', { timeZone });
  for (let day = 0; day < count; day += 1) {
    const items = [{ metric: 'emails', quantity: String(emails(day)) }];
    const { status } = await server.post('/v1/events', {
      events: [{ id: `day-${day}`, accountId: 'acme', items }],
    });
    expect(status).toBe(200);
    server.clock.advance(dayMs);
  }
  return server;
}

describe('GET /v1/accounts/{id}/forecast', () => {
  it('F6: tells what a cycle will end with, when what is left runs out, and how it was computed', async () => {
    const server = await afterDays(40, () => 0.2);
    const forecast = await forecastOf(server);
    expect(forecast).toMatchObject({ method: 'weekday_level', intervalPercent: 80, timeZone: 'UTC' });
    const emails = forecast.figures.find(({ metric }) => metric === 'emails');
    const leftDays = (Date.parse(emails?.endsAt ?? '') - server.clock.nowMs()) / dayMs;
    const atEnd = Number(emails?.used) + leftDays * 0.2;
    expect(Math.abs(Number(emails?.atEnd.expected) - atEnd)).toBeLessThan(0.1 * atEnd);
    expect(Number(emails?.atEnd.low)).toBeLessThanOrEqual(Number(emails?.atEnd.expected));
    expect(Number(emails?.atEnd.high)).toBeGreaterThanOrEqual(Number(emails?.atEnd.expected));
    expect(emails?.days).toBe(40);
    // It is heading for six of ten.
    expect(emails?.runsOut).toBeNull();
  });

  it('F6: names the day on which what is left is expected to be used up', async () => {
    const server = await afterDays(40, () => 0.2);
    const { figures: before } = await forecastOf(server);
    const emails = before.find(({ metric }) => metric === 'emails');
    // All but four days' worth goes at once.
    const quantity = String(Number(emails?.included) - Number(emails?.used) - 0.8);
    await server.post('/v1/events', {
      events: [{ id: 'much', accountId: 'acme', items: [{ metric: 'emails', quantity }] }],
    });
    const { figures } = await forecastOf(server);
    const runsOut = figures.find(({ metric }) => metric === 'emails')?.runsOut;
    const daysUntil = (at: string | null | undefined) =>
      (Date.parse(at ?? '') - server.clock.nowMs()) / dayMs;
    expect(daysUntil(runsOut?.expectedAt)).toBeGreaterThan(3);
    expect(daysUntil(runsOut?.expectedAt)).toBeLessThan(5.5);
    expect(daysUntil(runsOut?.earliestAt)).toBeLessThanOrEqual(daysUntil(runsOut?.expectedAt));
  });

  it('F6, F23: tells when a window of time runs out, by its own end, for the account and for a member’s own, and never for a rolling one', async () => {
    const windows: PlanWindowConfig[] = [
      { id: 'week', label: 'Week', metric: 'emails', kind: 'week', limit: '2' },
      { id: 'mine', label: 'Your week', metric: 'emails', of: 'member', kind: 'week', limit: '60' },
      { id: 'hour', label: 'Hour', metric: 'emails', kind: 'rolling', minutes: 60, limit: '50' },
    ];
    const plans = smallCatalogConfig.plans.map((plan) => ({ ...plan, windows }));
    const server = createTestServer({ catalog: { ...smallCatalogConfig, plans } });
    await server.account();
    await server.member('acme', 'ann', { role: 'member' });
    const report = async (day: number) => {
      for (const [memberId, quantity] of [
        ['ann', '0.25'],
        ['bob', '0.25'],
      ])
        await server.post('/v1/events', {
          events: [
            {
              id: `${memberId}-${day}`,
              accountId: 'acme',
              memberId,
              items: [{ metric: 'emails', quantity }],
            },
          ],
        });
    };
    for (let day = 0; day < 20; day += 1) {
      await report(day);
      server.clock.advance(dayMs);
    }
    // Tuesday noon: two days of the week were used, half an e-mail each.
    await report(20);
    const { figures } = await forecastOf(server);
    expect(figures.flatMap(({ window }) => window ?? [])).toEqual(['week']);
    const week = figures.find(({ window }) => window === 'week');
    expect(week).toMatchObject({ label: 'Week', metric: 'emails', included: '2', days: 20 });
    expect(new Date(week?.endsAt ?? '').getUTCDay()).toBe(1);
    const leftDays = (2 - Number(week?.used)) / 0.5;
    const runsOutMs = Date.parse(week?.runsOut?.expectedAt ?? '') - server.clock.nowMs();
    expect(runsOutMs / dayMs).toBeGreaterThan(leftDays - 0.6);
    expect(runsOutMs / dayMs).toBeLessThan(leftDays + 0.6);
    const own = await forecastOf(server, await server.token({ accountId: 'acme', memberId: 'ann' }));
    const mine = own.figures.find(({ window }) => window === 'mine');
    expect(own.figures.some(({ window }) => window === 'week')).toBe(false);
    expect(Number(mine?.used)).toBeLessThan(Number(week?.used));
    expect(mine?.runsOut).toBeNull();
  });

  it('F6: is silent about a window of what was used for less than two weeks', async () => {
    const plans = smallCatalogConfig.plans.map((plan) => ({
      ...plan,
      windows: [{ id: 'week', label: 'Week', metric: 'emails', kind: 'week' as const, limit: '8' }],
    }));
    const server = createTestServer({ catalog: { ...smallCatalogConfig, plans } });
    await server.account();
    await server.post('/v1/consume', { accountId: 'acme', items: [{ metric: 'emails', quantity: '3' }] });
    expect((await forecastOf(server)).figures).toEqual([]);
  });

  it('F6: is silent about what was used for less than two weeks', async () => {
    expect((await forecastOf(await afterDays(13, () => 30))).figures).toEqual([]);
  });

  it('F6: shows each role what it may see', async () => {
    const server = await afterDays(20, () => 30);
    const tokenOf = async (role: string) => {
      await server.put(`/v1/accounts/acme/members/${role}`, { name: role, role });
      const { token } = (
        await server.post<{ token: string }>('/v1/tokens', { accountId: 'acme', memberId: role })
      ).body;
      return token;
    };
    const shown = async (role: string) =>
      (await forecastOf(server, await tokenOf(role))).figures.map(({ metric }) => metric);
    expect(await shown('owner')).toContain('emails');
    expect(await shown('manager')).toContain('emails');
    expect(await shown('member')).not.toContain('emails');
    expect((await server.get(path, await tokenOf('viewer'))).status).toBe(403);
  });
});
