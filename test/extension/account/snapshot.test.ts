// @vitest-environment node
import type { ChangeMessage, Credits, Usage } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import {
  emptySnapshot,
  reduceSnapshot,
  type Snapshot,
} from '../../../extension/src/core/account/snapshot.ts';
import { sampleBlocked, sampleSummary } from '../../../extension/test-support/sample-summary.ts';

const atMs = 1000;
const change = (changes: Partial<ChangeMessage> = {}): ChangeMessage => ({
  type: 'change',
  since: 0,
  moved: {},
  accountId: 'acme',
  version: 2,
  views: ['summary', 'credits'],
  credits: { available: '1124', held: '0', unit: 'credits' },
  level: 'ok',
  blocked: false,
  taskIds: [],
  asOf: '2026-11-20T08:00:01.000Z',
  ...changes,
});
const fetched = (changes: Parameters<typeof sampleSummary>[0] = {}, requestedAtMs = atMs): Snapshot =>
  reduceSnapshot(emptySnapshot, {
    type: 'summary_fetched',
    summary: sampleSummary(changes),
    etag: '"1"',
    requestedAtMs,
    atMs,
  });
const changed = (snapshot: Snapshot, message: ChangeMessage, at = atMs + 500): Snapshot =>
  reduceSnapshot(snapshot, { type: 'changed', message, atMs: at });

describe('reduceSnapshot', () => {
  it('F5: takes the balance from a message, before the whole is asked for', () => {
    const snapshot = changed(fetched(), change());
    expect(snapshot.summary).toMatchObject({ version: 2, credits: { available: '1124' } });
    // The figures moved on from what the tag stands for, so that the next question must get a whole answer.
    expect(snapshot.etag).toBeNull();
  });

  it('knows that work is stopped a moment before it knows why', () => {
    const snapshot = changed(fetched(), change({ blocked: true }));
    expect(snapshot).toMatchObject({ isBlocked: true, summary: { blocked: null } });
  });

  it('lets a block go with the message that ends it', () => {
    const snapshot = changed(fetched({ blocked: sampleBlocked() }), change());
    expect(snapshot).toMatchObject({ isBlocked: false, summary: { blocked: null } });
  });

  it('passes over messages that are older, repeated, or of another account', () => {
    const snapshot = fetched({ version: 2 });
    for (const message of [change(), change({ version: 1 }), change({ version: 9, accountId: 'globex' })]) {
      expect(changed(snapshot, message)).toBe(snapshot);
    }
  });

  it('passes over an answer that a message has overtaken', () => {
    const snapshot = changed(fetched(), change({ version: 5 }), 3000);
    const late = reduceSnapshot(snapshot, {
      type: 'summary_fetched',
      summary: sampleSummary({ version: 4, credits: { available: '9', held: '0', unit: 'credits' } }),
      etag: '"4"',
      requestedAtMs: 2000,
      atMs: 4000,
    });
    expect(late.summary).toMatchObject({ version: 5, credits: { available: '1124' } });
  });

  it('takes a lower version when it was asked for later: the server was restored', () => {
    const snapshot = changed(fetched(), change({ version: 50 }), 3000);
    const restored = reduceSnapshot(snapshot, {
      type: 'summary_fetched',
      summary: sampleSummary({ version: 3 }),
      etag: null,
      requestedAtMs: 5000,
      atMs: 5100,
    });
    expect(restored.summary?.version).toBe(3);
  });

  it('counts failures in a row and keeps the last figures with them', () => {
    const failure = { kind: 'unreachable', message: 'x', atMs, retryAfterSeconds: null } as const;
    const once = reduceSnapshot(fetched(), { type: 'fetch_failed', failure });
    const twice = reduceSnapshot(once, { type: 'fetch_failed', failure });
    expect([once.failure?.count, twice.failure?.count]).toEqual([1, 2]);
    expect(twice.summary).toEqual(sampleSummary());
    expect(reduceSnapshot(twice, { type: 'summary_unchanged', atMs: 9 }).failure).toBeNull();
  });

  it('F5: takes usage and credits from a message that carries them, so that nobody has to ask again', () => {
    const asked = { usage: true, credits: true };
    const known = { ...fetched(), isCurrent: asked };
    const usage = { accountId: 'acme' } as Usage;
    const credits = { available: '1124' } as Credits;
    const carried = changed(known, change({ views: ['usage', 'credits'], moved: { usage, credits } }));
    expect(carried).toMatchObject({ usage, credits, isCurrent: asked });
    // What it names and does not carry has to be asked for.
    const named = changed(known, change({ since: 1, views: ['credits'] }));
    expect(named.isCurrent).toEqual({ usage: true, credits: false });
    // Between two messages with a gap anything may have moved.
    const gap = changed(known, change({ version: 5, since: 4, views: ['tasks'] }));
    expect(gap.isCurrent).toEqual({ usage: false, credits: false });
  });

  it('asks for usage and credits again after a summary of another version, and only then', () => {
    const known = { ...fetched(), isCurrent: { usage: true, credits: true } };
    const take = (version: number) =>
      reduceSnapshot(known, {
        type: 'summary_fetched',
        summary: sampleSummary({ version }),
        etag: null,
        requestedAtMs: 2000,
        atMs: 2000,
      }).isCurrent;
    expect(take(1)).toEqual({ usage: true, credits: true });
    expect(take(2)).toEqual({ usage: false, credits: false });
  });
});
