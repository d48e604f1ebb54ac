import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addCounts, cellsOf, hourDimension } from '../../../server/src/domain/usage/cells.ts';
import type { CountedUse, UsageRecord } from '../../../server/src/domain/usage/state.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { nowMs, sampleAccount, sampleUsage } from '../account-samples.ts';
import { freshStore, pagesOf, type StoreHarness } from './harness.ts';

const metrics = ['credits', 'requests', 'emails'] as const;

export function countedUseGuarantees(harness: StoreHarness): void {
  it('F21: reads what uses counted of a metric as the whole records tell it, whatever their size and sign', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(use, { minLength: 1, maxLength: 12 }), async (parts) => {
        const store = await freshStore(harness);
        const uses = parts.map((part, place) =>
          sampleUsage('a', `u-${place}`, { ...part, charge: chargeOf(part) }),
        );
        await store.write({ accountIds: ['a'] }, () => ({
          writes: { accounts: [sampleAccount('a')], usage: uses },
          result: undefined,
        }));
        const span = { accountId: 'a', fromMs: nowMs + 1, toMs: nowMs + 3 };
        const records = (await pagesOf((page) => store.listUsage(span, page), 100)).flat();
        expect(records).toEqual(inOrder(uses.filter(({ atMs }) => atMs > nowMs && atMs < nowMs + 3)));
        for (const metric of metrics) {
          const counted = await countedUses(store, { ...span, metric });
          expect(counted.map(({ atMs, dimensions }) => ({ atMs, dimensions }))).toEqual(
            records.map(({ atMs, dimensions }) => ({ atMs, dimensions })),
          );
          expect(counted.map((each) => sumsOfUse(each, metric))).toEqual(
            records.map((record) => sumsOfRecord(record, metric)),
          );
        }
      }),
      { numRuns: 15 },
    );
  });
}

const quantity = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const name = fc.constantFrom('a', 'b', '__proto__', '0', 'ünïcode "quoted"');
const line = fc.record(
  {
    kind: fc.constantFrom('llm' as const, 'tool' as const, 'storage' as const),
    ref: name,
    tier: name,
    quantity,
    unit: fc.constant('requests'),
    amount: quantity,
    rate: fc.constant('1 a request'),
  },
  { requiredKeys: ['kind', 'ref', 'quantity', 'unit', 'amount', 'rate'] },
);
const use = fc.record({
  atMs: fc.integer({ min: nowMs, max: nowMs + 3 }),
  dimensions: fc.record(
    { memberId: name, agentId: name, projectId: name, category: name, apiKeyId: name, taskId: name },
    { requiredKeys: [] },
  ),
  counts: fc.array(
    fc.record(
      { metric: fc.constantFrom('requests', 'emails'), quantity, model: name, tier: name, tool: name },
      { requiredKeys: ['metric', 'quantity'] },
    ),
    { maxLength: 3 },
  ),
  lines: fc.array(line, { maxLength: 3 }),
});

function chargeOf({ lines }: Pick<UsageRecord, 'lines'>): bigint {
  return lines.reduce((sum, { amount }) => sum + amount, 0n);
}

function inOrder(uses: readonly UsageRecord[]): UsageRecord[] {
  return uses.toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
}

/** In pages of two, so that uses of the same instant stand on several. */
async function countedUses(
  store: Store,
  { metric, ...span }: { accountId: string; fromMs: number; toMs: number; metric: string },
): Promise<CountedUse[]> {
  return (await pagesOf((page) => store.listCountedUses({ ...span, metric }, page), 2)).flat();
}

function sumsOfUse(counted: CountedUse, metric: string): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  addCounts(counted, (of, dimension, value, added) => {
    const key = JSON.stringify([dimension, value]);
    if (of === metric) sums.set(key, (sums.get(key) ?? 0n) + added);
  });
  return sums;
}

function sumsOfRecord(record: UsageRecord, metric: string): Map<string, bigint> {
  return new Map(
    cellsOf([record], 'Europe/Berlin')
      .filter((cell) => cell.metric === metric && cell.dimension !== hourDimension)
      .map(({ dimension, value, quantity: added }) => [JSON.stringify([dimension, value]), added]),
  );
}
