import { expect, it } from 'vitest';
import { apiBounds } from '../../../server/src/contract/api-bounds.ts';
import { otherValue } from '../../../server/src/contract/usage/other-value.ts';
import { cellsOf } from '../../../server/src/domain/usage/cells.ts';
import type { UsageRecord } from '../../../server/src/domain/usage/state.ts';
import type { DayPartQuery, Store } from '../../../server/src/store/store.ts';
import { assertDayParts } from '../../support/assert-day-parts.ts';
import { nowMs, sampleAccount, sampleUsage, today } from '../account-samples.ts';
import { freshStore, restarted, type StoreHarness } from './harness.ts';

const hourMs = 3_600_000;

export function dayPartGuarantees(harness: StoreHarness): void {
  it('I18: keeps what each member and each hour used by every dimension, across writes and restarts', async () => {
    const first = await freshStore(harness);
    const members = ['ann', 'bob~derived', undefined];
    const use = (place: number): UsageRecord =>
      sampleUsage('a', `u-${place}`, {
        atMs: nowMs + (place % 7) * 5 * hourMs,
        dimensions: {
          agentId: `agent-${place % 5}`,
          ...(members[place % 3] === undefined ? {} : { memberId: members[place % 3] as string }),
        },
        charge: BigInt(place) * 10n ** 12n,
      });
    // More writes than an account's row holds cells of on PostgreSQL, one by one and many together.
    for (let place = 0; place < 70; place += 1) await putUses(first, [use(place)]);
    await putUses(
      first,
      Array.from({ length: 150 }, (_, index) => use(70 + index)),
    );
    expect(await assertDayParts(first, 'a')).toBeGreaterThan(0);
    const store = await restarted(harness, first);
    await putUses(store, [use(220)]);
    expect(await assertDayParts(store, 'a')).toBeGreaterThan(0);
    // A part holds nothing of another account, of other days, or of another metric.
    expect(await store.readDayParts({ ...query({ memberId: 'ann' }), accountId: 'b' })).toEqual([]);
    expect(await store.readDayParts(query({ memberId: 'ann', fromDay: 0, toDay: today }))).toEqual([]);
    expect(await store.readDayParts(query({ memberId: 'ann', metric: 'request' }))).toEqual([]);
  });

  it('I8, I18: keeps so many values of a part and adds the rest up as other, so that the sum stays', async () => {
    const store = await freshStore(harness);
    const use = (place: number) =>
      sampleUsage('a', `u-${place}`, {
        dimensions: { memberId: 'ann', agentId: `agent-${place}` },
        charge: BigInt(place + 1),
      });
    const count = apiBounds.seriesValuesMax + 60;
    const uses = Array.from({ length: count }, (_, place) => use(place));
    for (const from of [0, 30, 60, 90]) await putUses(store, uses.slice(from, from + 30));
    await putUses(store, uses.slice(120));
    await store.readDayParts(query());
    await putUses(
      store,
      uses.map((each) => ({ ...each, id: `${each.id}-again` })),
    );
    for (const by of ['day', 'hour'] as const) {
      const found = (await store.readDayParts(query({ by, dimension: 'agent', memberId: 'ann' }))) ?? [];
      expect(found).toHaveLength(apiBounds.seriesValuesMax + 1);
      expect(found.reduce((sum, { quantity }) => sum + quantity, 0n)).toBe(BigInt(count * (count + 1)));
      expect(found.find(({ value }) => value === otherValue)?.quantity).toBeGreaterThan(0n);
      expect(found.find(({ value }) => value === 'agent-0')?.quantity).toBe(2n);
    }
  });

  it('I8, I18: keeps the first values of a part that came, also of more than are folded at once', async () => {
    const store = await freshStore(harness);
    // In another order than that of their names, and of their hashes.
    const agents = Array.from({ length: 400 }, (_, place) => `agent-${(place * 7919) % 1_000}`);
    let count = 0;
    const usesOf = (some: readonly string[], memberId: string) =>
      some.map((agentId) => {
        count += 1;
        const dimensions = { memberId, agentId };
        return sampleUsage('a', `u-${count}`, { atMs: nowMs + count, dimensions, charge: 1n });
      });
    // Before it there are others in the day, so that what the member adds is new in the member's part alone.
    await putUses(store, usesOf(agents.slice(200), 'bob'));
    await putUses(store, usesOf(agents.slice(150, 160), 'ann'));
    await store.readDayParts(query());
    await putUses(store, usesOf(agents.slice(0, 200), 'ann'));
    const kept = [
      ...agents.slice(150, 160),
      ...agents.slice(0, apiBounds.seriesValuesMax - 10),
      otherValue,
    ].sort();
    for (const by of ['day', 'hour'] as const) {
      const found = (await store.readDayParts(query({ by, dimension: 'agent', memberId: 'ann' }))) ?? [];
      expect(found.map(({ value }) => value).sort()).toEqual(kept);
    }
  });

  it('F21: counts the uses of a span, up to a number', async () => {
    const store = await freshStore(harness);
    await putUses(
      store,
      Array.from({ length: 12 }, (_, place) => sampleUsage('a', `u-${place}`, { atMs: nowMs + place })),
    );
    const span = { accountId: 'a', fromMs: nowMs + 2, toMs: nowMs + 10 };
    expect(await store.countUsage(span, 100)).toBe(8);
    expect(await store.countUsage(span, 3)).toBe(3);
    expect(await store.countUsage({ ...span, accountId: 'b' }, 3)).toBe(0);
  });
}

function query(parts: Partial<DayPartQuery> = {}): DayPartQuery {
  return {
    accountId: 'a',
    metric: 'credits',
    dimension: 'agent',
    by: 'day',
    memberId: 'ann',
    fromDay: today,
    toDay: today + 3,
    ...parts,
  };
}

async function putUses(store: Store, usage: readonly UsageRecord[]): Promise<void> {
  await store.write({ accountIds: ['a'] }, (loaded) => {
    const before = loaded.account('a') ?? { ...sampleAccount('a'), version: 0 };
    const account = { ...before, version: before.version + 1 };
    return {
      writes: { accounts: [account], usage, cells: cellsOf(usage, account.profile.timeZone) },
      result: undefined,
    };
  });
}
