import { expect, it } from 'vitest';
import { apiBounds } from '../../../server/src/contract/api-bounds.ts';
import { otherValue } from '../../../server/src/contract/usage/other-value.ts';
import type { UsageCell } from '../../../server/src/domain/usage/state.ts';
import type { CellQuery, Store } from '../../../server/src/store/store.ts';
import { sampleAccount, sampleCell, today } from '../account-samples.ts';
import { freshStore, restarted, type StoreHarness } from './harness.ts';

export function cellGuarantees(harness: StoreHarness): void {
  it('I7: adds what is written to what is there, across writes and restarts', async () => {
    const first = await freshStore(harness);
    await putCells(first, [sampleCell('a', { quantity: 10n ** 17n }), sampleCell('a', { quantity: 1n })]);
    await first.readCells(query());
    await putCells(first, [sampleCell('a', { quantity: -3n })]);
    const store = await restarted(harness, first);
    expect(await store.readCells(query())).toEqual([sampleCell('a', { quantity: 10n ** 17n - 2n })]);
    await putCells(store, [sampleCell('a', { quantity: 2n })]);
    expect(await store.readCells(query())).toEqual([sampleCell('a', { quantity: 10n ** 17n })]);
  });

  it('I11: sets aside what would make a sum that a rollup does not hold, and goes on with everything else', async () => {
    const first = await freshStore(harness);
    const large = 9n * 10n ** 18n;
    await putCells(first, [sampleCell('a', { quantity: large }), sampleCell('b', { quantity: 1n })]);
    await putCells(first, [sampleCell('a', { quantity: large }), sampleCell('b', { quantity: 1n })]);
    await putCells(first, [sampleCell('a', { dimension: 'model', value: 'small', quantity: 5n })]);
    const store = await restarted(harness, first);
    const kept = (await store.readCells(query())).reduce((sum, cell) => sum + cell.quantity, 0n);
    const [aside, ...others] = (await store.listSetAside({ limit: 10 })).items;
    expect(others).toEqual([]);
    const left = aside === undefined ? 0n : BigInt(JSON.parse(aside.body).quantity);
    expect(kept + left).toBe(2n * large);
    if (aside !== undefined)
      expect(aside).toMatchObject({
        accountId: 'a',
        noun: 'rollup cell',
        reason: 'The sum is more than a rollup holds.',
      });
    expect(await store.readCells(query({ dimension: 'model' }))).toMatchObject([{ quantity: 5n }]);
    expect(await store.readCells({ ...query(), accountId: 'b' })).toMatchObject([{ quantity: 2n }]);
  });

  it('reads one metric and dimension of one account, within a half-open span of days', async () => {
    const store = await freshStore(harness);
    await putCells(store, [
      sampleCell('a', { day: today - 1 }),
      sampleCell('a', { day: today }),
      sampleCell('a', { day: today + 1 }),
      sampleCell('a', { metric: 'credits' }),
      sampleCell('a', { dimension: 'model', value: 'small' }),
      sampleCell('a', { dimension: 'model', value: 'large' }),
      sampleCell('b', {}),
    ]);
    const days = await store.readCells(query({ fromDay: today - 1, toDay: today + 1 }));
    expect(days.map((cell) => cell.day).sort()).toEqual([today - 1, today]);
    const models = await store.readCells(query({ dimension: 'model' }));
    expect(models.map((cell) => cell.value).sort()).toEqual(['large', 'small']);
  });

  it('I8: keeps so many values a day and adds the rest up as other, so that the sum stays', async () => {
    const first = await freshStore(harness);
    const cells = Array.from({ length: apiBounds.seriesValuesMax + 50 }, (_, index) =>
      sampleCell('a', { dimension: 'agent', value: `agent-${index}`, quantity: BigInt(index) }),
    );
    const sum = cells.reduce((total, cell) => total + cell.quantity, 0n);
    await putCells(first, cells.slice(0, 60));
    await putCells(first, cells.slice(60));
    await putCells(first, cells);
    const found = await first.readCells(query({ dimension: 'agent' }));
    expect(found.reduce((total, cell) => total + cell.quantity, 0n)).toBe(2n * sum);
    expect(found).toHaveLength(apiBounds.seriesValuesMax + 1);
    expect(found.find((cell) => cell.value === 'agent-0')?.quantity).toBe(0n);
    expect(found.find((cell) => cell.value === 'agent-99')?.quantity).toBe(198n);
    const store = await restarted(harness, first);
    await putCells(store, [sampleCell('a', { dimension: 'agent', value: 'agent-new', quantity: 7n })]);
    const again = await store.readCells(query({ dimension: 'agent' }));
    expect(again).toHaveLength(apiBounds.seriesValuesMax + 1);
    expect(again.reduce((total, cell) => total + cell.quantity, 0n)).toBe(2n * sum + 7n);
  });

  it('I8: keeps the first values of a day that came, also of more than are folded at once', async () => {
    const first = await freshStore(harness);
    // In another order than that of their names, and of their hashes.
    const values = Array.from({ length: 500 }, (_, index) => `agent-${(index * 7919) % 1_000}`);
    const cellOf = (value: string, day: number) =>
      sampleCell('a', { dimension: 'agent', value, day, quantity: 1n });
    await putCells(
      first,
      values.slice(450).map((value) => cellOf(value, today)),
    );
    await first.readCells(query({ dimension: 'agent' }));
    await putCells(
      first,
      values.flatMap((value) => [cellOf(value, today - 1), cellOf(value, today)]),
    );
    const keptOn = async (store: Store, day: number) => {
      const found = await store.readCells(query({ dimension: 'agent', fromDay: day, toDay: day + 1 }));
      return found.map(({ value }) => value).sort();
    };
    const kept = [...values.slice(0, apiBounds.seriesValuesMax), otherValue].sort();
    const keptLater = [...values.slice(450), ...values.slice(0, apiBounds.seriesValuesMax - 50), otherValue];
    expect(await keptOn(first, today - 1)).toEqual(kept);
    expect(await keptOn(first, today)).toEqual(keptLater.sort());
    const store = await restarted(harness, first);
    await putCells(
      store,
      values.map((value) => cellOf(value, today - 1)),
    );
    expect(await keptOn(store, today - 1)).toEqual(kept);
  });

  it('I8, N7: keeps what a host calls other apart from what stands for the rest', async () => {
    const store = await freshStore(harness);
    const agents = Array.from({ length: apiBounds.seriesValuesMax }, (_, index) => `agent-${index}`);
    const cellOf = (value: string) => sampleCell('a', { dimension: 'agent', value, quantity: 1n });
    await putCells(store, ['other', ...agents].map(cellOf));
    const found = await store.readCells(query({ dimension: 'agent' }));
    const quantityOf = (value: string) => found.find((cell) => cell.value === value)?.quantity;
    expect([quantityOf('other'), quantityOf(otherValue)]).toEqual([1n, 1n]);
  });

  it('I35: keeps the first values that came and every sum over many writes, read at any time', async () => {
    const store = await freshStore(harness);
    const expected = new Map<string, bigint>();
    let written = 0n;
    for (let round = 0; round < 275; round++) {
      const values = [`agent-${2 * round}`, `agent-${2 * round + 1}`, 'agent-0'];
      const cells = values.map((value, index) => ({ value, quantity: BigInt(round * 10 + index) }));
      for (const { value, quantity } of cells) {
        const named = expected.has(value) || expected.size < apiBounds.seriesValuesMax ? value : otherValue;
        expected.set(named, (expected.get(named) ?? 0n) + quantity);
        written += quantity;
      }
      await putCells(
        store,
        cells.map((cell) => sampleCell('a', { dimension: 'agent', ...cell })),
      );
      if (round % 20 !== 7) continue;
      const found = await store.readCells(query({ dimension: 'agent' }));
      expect(new Map(found.map((cell) => [cell.value, cell.quantity]))).toEqual(expected);
    }
    const found = await store.readCells(query({ dimension: 'agent' }));
    expect(new Map(found.map((cell) => [cell.value, cell.quantity]))).toEqual(expected);
    expect(found.reduce((total, cell) => total + cell.quantity, 0n)).toBe(written);
  });
}

function query(parts: Partial<CellQuery> = {}): CellQuery {
  return { accountId: 'a', metric: 'requests', dimension: '', fromDay: today, toDay: today + 1, ...parts };
}

async function putCells(store: Store, cells: readonly UsageCell[]): Promise<void> {
  const accountIds = ['a', 'b'];
  await store.write({ accountIds }, (loaded) => ({
    writes: { accounts: accountIds.map((id) => loaded.account(id) ?? sampleAccount(id)), cells },
    result: undefined,
  }));
}
