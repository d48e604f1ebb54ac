import { expect } from 'vitest';
import { cellsOf } from '../../server/src/domain/usage/cells.ts';
import { partSumsOf, splitKey } from '../../server/src/domain/usage/day-parts.ts';
import type { UsageRecord } from '../../server/src/domain/usage/state.ts';
import type { DayPartCell, DayPartQuery, Store } from '../../server/src/store/store.ts';

interface Expected {
  readonly query: Omit<DayPartQuery, 'accountId' | 'fromDay' | 'toDay'>;
  readonly cells: DayPartCell[];
}

/**
 * Fails unless what a store keeps of each member, each hour and each member's hour is the sum of the stored uses. Returns how many sums
 * were compared.
 */
export async function assertDayParts(store: Store, accountId: string): Promise<number> {
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
  const cells = cellsOf(records, account.profile.timeZone);
  const days = cells.map(({ day }) => day);
  const span = { accountId, fromDay: Math.min(...days), toDay: Math.max(...days) + 1 };
  let compared = 0;
  for (const { query, cells: expected } of expectedOf(partSumsOf(cells))) {
    const found = await store.readDayParts({ ...query, ...span });
    expect(namedSums(found ?? []), JSON.stringify(query)).toEqual(namedSums(expected));
    compared += expected.length;
  }
  return compared;
}

/** By what is asked for in one query. */
function expectedOf(parts: ReturnType<typeof partSumsOf>): Iterable<Expected> {
  const expected = new Map<string, Expected>();
  for (const { day, part, sums } of parts) {
    const [kind = '', ...names] = part.split('~');
    const hour = kind === 'member' ? null : Number(names.shift());
    const member = kind === 'hour' ? {} : { memberId: names.join('~') };
    for (const [key, quantity] of sums) {
      const [series, value] = splitKey(key);
      const [metric = '', dimension = ''] = series.split('~');
      const query = { metric, dimension, by: hour === null ? 'day' : 'hour', ...member } as const;
      const name = JSON.stringify(query);
      const asked = expected.get(name) ?? { query, cells: [] };
      asked.cells.push({ day, hour, value, quantity });
      expected.set(name, asked);
    }
  }
  return expected.values();
}

function namedSums(cells: readonly DayPartCell[]): Map<string, bigint> {
  return new Map(
    cells
      .filter(({ quantity }) => quantity !== 0n)
      .map(({ day, hour, value, quantity }) => [JSON.stringify([day, hour, value]), quantity]),
  );
}
