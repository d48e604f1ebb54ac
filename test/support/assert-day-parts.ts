import { expect } from 'vitest';
import { cellsOf } from '../../server/src/domain/usage/cells.ts';
import { type PartSums, partSumsOf, splitKey } from '../../server/src/domain/usage/day-parts.ts';
import type { UsageRecord } from '../../server/src/domain/usage/state.ts';
import type { DayPartQuery, Store } from '../../server/src/store/store.ts';

/** Fails unless what a store keeps of each member, each hour and each member's hour is the sum of the stored uses. */
export async function assertDayParts(store: Store, accountId: string): Promise<void> {
  const account = await store.readAccount(accountId);
  if (account === undefined) throw new Error(`There is no account ${accountId}.`);
  const records: UsageRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Store['listUsage']>> = await store.listUsage(
      { accountId, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER },
      { limit: 500, ...(cursor === null ? {} : { cursor }) },
    );
    records.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(records.length).toBeGreaterThan(0);
  const expected = partSumsOf(cellsOf(records, account.profile.timeZone));
  expect(expected.length).toBeGreaterThan(0);
  let compared = 0;
  for (const part of expected) {
    for (const series of new Set([...part.sums.keys()].map((key) => splitKey(key)[0]))) {
      const { query, hour } = queryOf(part, series);
      const found = await store.readDayParts(query);
      const sums = (found ?? [])
        .filter((cell) => cell.hour === hour && cell.quantity !== 0n)
        .map((cell) => [cell.value, cell.quantity]);
      expect(new Map(sums as [string, bigint][]), `${part.part} ${series}`).toEqual(sumsOf(part, series));
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(0);
}

function queryOf(
  { accountId, day, part }: PartSums,
  series: string,
): { query: DayPartQuery; hour: number | null } {
  const [metric = '', dimension = ''] = series.split('~');
  const [kind = '', ...names] = part.split('~');
  const query = { accountId, metric, dimension, fromDay: day, toDay: day + 1 };
  if (kind === 'member') return { query: { ...query, by: 'day', memberId: names.join('~') }, hour: null };
  const [hour, ...member] = names;
  const memberId = member.join('~');
  return {
    query: { ...query, by: 'hour', ...(kind === 'member-hour' ? { memberId } : {}) },
    hour: Number(hour),
  };
}

function sumsOf({ sums }: PartSums, series: string): Map<string, bigint> {
  return new Map(
    [...sums]
      .map(([key, quantity]) => [splitKey(key), quantity] as const)
      .filter(([[own], quantity]) => own === series && quantity !== 0n)
      .map(([[, value], quantity]) => [value, quantity]),
  );
}
