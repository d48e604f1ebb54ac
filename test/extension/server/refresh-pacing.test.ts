// @vitest-environment node

import { describe, expect, it } from 'vitest';
import {
  emptySnapshot,
  type Failure,
  reduceSnapshot,
  type Snapshot,
} from '../../../extension/src/core/account/snapshot.ts';
import {
  backoffSecondsMax,
  decideNextPoll,
  decideRefresh,
  liveIntervalMs,
  pollAfterSecondsMax,
  pollAfterSecondsMin,
} from '../../../extension/src/core/server/refresh-pacing.ts';
import { sampleMeter, sampleSummary } from '../../../extension/test-support/sample-summary.ts';
import fc from '../../support/fast-check.ts';

const nowMs = Date.UTC(2026, 10, 20, 8);
const known = (changes: Parameters<typeof sampleSummary>[0] = {}, asOfMs = nowMs): Snapshot => ({
  ...emptySnapshot,
  summary: sampleSummary(changes),
  asOfMs,
  summaryAsOfMs: asOfMs,
});
const failed = (changes: Partial<Failure> = {}): Snapshot => ({
  ...known(),
  failure: { kind: 'unreachable', message: 'x', atMs: nowMs, count: 1, retryAfterSeconds: null, ...changes },
});

describe('decideNextPoll', () => {
  it('F5: asks when the server said to, plus a tenth at most', () => {
    expect(decideNextPoll(known({ pollAfterSeconds: 120 }), nowMs, 0)).toEqual({
      atMs: nowMs + 120_000,
      reason: 'paced',
    });
    expect(decideNextPoll(known({ pollAfterSeconds: 120 }), nowMs, 0.999)?.atMs).toBeLessThanOrEqual(
      nowMs + 132_000,
    );
  });

  it('asks within half a minute to an hour, whatever the server says', () => {
    fc.assert(
      fc.property(fc.double(), fc.double({ min: 0, max: 0.999, noNaN: true }), (pollAfterSeconds, random) => {
        const next = decideNextPoll(known({ pollAfterSeconds, resetsAt: null }), nowMs, random);
        expect(next?.atMs).toBeGreaterThanOrEqual(nowMs + pollAfterSecondsMin * 1000);
        expect(next?.atMs).toBeLessThanOrEqual(nowMs + pollAfterSecondsMax * 1100);
      }),
    );
  });

  it('asks just after the earliest reset where that comes sooner', () => {
    const meters = [sampleMeter({ resetsAt: '2026-11-20T08:00:40.000Z' })];
    const next = decideNextPoll(known({ pollAfterSeconds: 600, meters }), nowMs, 0);
    expect(next).toEqual({ atMs: nowMs + 41_000, reason: 'reset' });
  });

  it('tells the time of a reset by the answer’s own clock, where that is a test clock months away', () => {
    const changes = {
      pollAfterSeconds: 600,
      asOf: '2027-03-01T00:00:00.000Z',
      resetsAt: '2027-03-01T00:01:00.000Z',
    };
    expect(decideNextPoll(known(changes), nowMs, 0)).toEqual({ atMs: nowMs + 61_000, reason: 'reset' });
  });

  it('tells the time of a reset by the last whole answer, however often nothing had changed since', () => {
    const changes = { pollAfterSeconds: 600, resetsAt: '2026-11-20T08:10:00.000Z' };
    const unchanged = reduceSnapshot(known(changes), { type: 'summary_unchanged', atMs: nowMs + 540_000 });
    expect(decideNextPoll(unchanged, nowMs + 540_000, 0)).toEqual({ atMs: nowMs + 601_000, reason: 'reset' });
  });

  it('waits longer after each failure, up to ten minutes, and an hour once the token has ended', () => {
    const waits = [1, 2, 3, 12].map((count) => decideNextPoll(failed({ count }), nowMs, 0).atMs - nowMs);
    expect(waits).toEqual([30_000, 60_000, 120_000, backoffSecondsMax * 1000]);
    for (const kind of ['unauthorized', 'forbidden'] as const) {
      const next = decideNextPoll(failed({ kind }), nowMs, 0);
      expect(next).toEqual({ atMs: nowMs + 3_600_000, reason: 'ended' });
    }
  });

  it('waits as long as the server asked to', () => {
    const next = decideNextPoll(failed({ kind: 'unavailable', retryAfterSeconds: 300 }), nowMs, 0);
    expect(next).toEqual({ atMs: nowMs + 300_000, reason: 'retry_after' });
  });
});

describe('decideRefresh', () => {
  it('asks for a hint once in a second, and never loses one', () => {
    expect(decideRefresh('hint', nowMs - liveIntervalMs, nowMs)).toEqual({ ask: 'now' });
    expect(decideRefresh('hint', nowMs - 1, nowMs)).toEqual({
      ask: 'later',
      atMs: nowMs - 1 + liveIntervalMs,
    });
  });

  it('is content with figures of a moment ago when a popup opens, and asks whenever somebody asks', () => {
    expect(decideRefresh('opened', nowMs - 1000, nowMs)).toEqual({ ask: 'no' });
    expect(decideRefresh('opened', nowMs - 5000, nowMs)).toEqual({ ask: 'now' });
    expect(decideRefresh('asked', nowMs, nowMs)).toEqual({ ask: 'now' });
  });
});
