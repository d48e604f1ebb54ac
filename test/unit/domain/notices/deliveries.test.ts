import {
  dueDeliveries,
  newNotice,
  replayed,
  retryDelaysMs,
  toEndpoint,
  withAttempt,
  withDeliveries,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';

const dayMs = 86_400_000;
const notice = (mailTo: string | null = null) =>
  newNotice(
    'acme',
    { atMs: 0, recordedAtMs: 0 },
    { id: 'n', mailTo, subject: { type: 'credits.out', unit: 'credits', available: 0n } },
  );
const failed = { outcome: 'failed', why: 'The endpoint answered 500.' } as const;

describe('deliveries', () => {
  it('L145: makes a copy for each endpoint that wants the type and for the mail, once', () => {
    const given = withDeliveries(
      notice('ops@example.com'),
      [
        { id: 'all', types: null },
        { id: 'some', types: ['credits.out'] },
        { id: 'others', types: ['plan.changed'] },
      ],
      5,
    );
    expect(given.deliveries?.map(({ to }) => to)).toEqual([toEndpoint('all'), toEndpoint('some'), 'mail']);
    expect(given.dueAtMs).toBe(5);
    expect(withDeliveries(given, [{ id: 'late', types: null }], 6)).toBe(given);
    expect(withDeliveries(notice(), [], 5)).toMatchObject({ deliveries: [], dueAtMs: null });
  });

  it('L145: tries ten times within three days, is dead then, and begins again when it is replayed', () => {
    let present = withDeliveries(notice(), [{ id: 'a', types: null }], 0);
    let attempts = 0;
    let nowMs = 0;
    while (present.dueAtMs !== null) {
      nowMs = present.dueAtMs;
      present = withAttempt(present, toEndpoint('a'), failed, nowMs);
      attempts += 1;
    }
    expect(attempts).toBe(retryDelaysMs.length + 1);
    expect(attempts).toBe(10);
    expect(nowMs).toBeLessThanOrEqual(3 * dayMs);
    expect(nowMs).toBeGreaterThan(2.9 * dayMs);
    expect(present.deliveries).toMatchObject([{ status: 'dead', attempts: 10, lastFailure: failed.why }]);
    expect(withAttempt(present, toEndpoint('a'), { outcome: 'delivered' }, nowMs).deliveries).toEqual(
      present.deliveries,
    );
    const again = replayed(present, nowMs + 1);
    expect(dueDeliveries(again, nowMs + 1)).toMatchObject([{ status: 'waiting', attempts: 0 }]);
  });

  it('L145: lets the copy of one endpoint wait for its next attempt while others are taken', () => {
    const two = withDeliveries(
      notice(),
      [
        { id: 'a', types: null },
        { id: 'b', types: null },
      ],
      0,
    );
    const taken = withAttempt(
      withAttempt(two, toEndpoint('a'), failed, 0),
      toEndpoint('b'),
      { outcome: 'delivered' },
      0,
    );
    expect(taken.deliveries?.map(({ status }) => status)).toEqual(['waiting', 'delivered']);
    expect(taken.dueAtMs).toBe(5_000);
    expect(dueDeliveries(taken, 4_999)).toEqual([]);
  });
});
