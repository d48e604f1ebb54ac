import { randomUUID } from 'node:crypto';
import type { CatalogConfig } from '@usagekit/server/contract';
import {
  advance,
  type Catalog,
  type DecisionContext,
  decideCreateAccount,
  decideUse,
  joinFacts,
  memberShareOf,
} from '@usagekit/server/domain';
import { withNextVersion, writesOf } from '../../../server/src/app/execute.ts';
import { createGroupCommit, type GroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { compiled, smallCatalogConfig } from '../../support/small-catalog.ts';

export const nowMs = Date.UTC(2026, 10, 20, 8);

/** What the server does for a consume, without HTTP: load, bring to the present, decide, debit, record, commit. */
export class Engine {
  readonly store: Store;
  readonly commit: GroupCommit;
  readonly #catalog: Catalog = compiled(richCatalog());
  #count = 0;

  constructor(store: Store) {
    this.store = store;
    this.commit = createGroupCommit({ store, schedule: setImmediate });
  }

  async createAccounts(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const { state, facts } = decideCreateAccount({
        id,
        input: {},
        catalog: this.#catalog,
        nowMs,
        recordedAtMs: nowMs,
      });
      await this.store.write({ accountIds: [id] }, () => ({
        writes: writesOf(undefined, { ...state, version: 1 }, facts),
        result: undefined,
      }));
    }
  }

  consume(accountId: string, key = this.nextKey()): Promise<'allowed' | 'refused'> {
    return this.commit.submit({
      needs: { accountIds: [accountId], answers: [{ accountId, key }] },
      priority: 'gate',
      rows: 4,
      decide: (loaded) => {
        if (loaded.answer(accountId, key) !== undefined) return { writes: {}, result: 'allowed' };
        const before = loaded.account(accountId);
        if (before === undefined) throw new Error(`There is no account ${accountId}.`);
        const advanced = advance(before, this.#catalog, nowMs, nowMs);
        const context: DecisionContext = {
          state: advanced.state,
          catalog: this.#catalog,
          member: memberShareOf(advanced.state, 'mia'),
          nowMs,
          recordedAtMs: nowMs,
          commandId: key,
        };
        const dimensions = { memberId: 'mia', category: 'agent' };
        const { outcome, state, facts } = decideUse(context, { items, dimensions });
        if (outcome.outcome !== 'allowed') return { writes: {}, result: 'refused' };
        const after = withNextVersion(before, state);
        const body = JSON.stringify({
          id: outcome.usage.id,
          cost: { amount: '1', unit: 'credits', lineItems: [{ kind: 'llm', label: 'Swift 1', amount: '1' }] },
          remaining: { credits: { available: '1000', held: '0', unit: 'credits' }, metrics: [] },
        });
        return {
          writes: {
            ...writesOf(before, after, joinFacts(advanced.facts, facts)),
            answers: [{ accountId, key, requestHash: requestHash, status: 200, body, recordedAtMs: nowMs }],
          },
          result: 'allowed',
        };
      },
    });
  }

  /** Time-ordered, as clients of ours make them. */
  nextKey(): string {
    this.#count += 1;
    return `0199f000-${String(this.#count).padStart(12, '0')}`;
  }
}

/** As the server's README calls it: a model and two tools. */
const items = [
  { model: 'swift-1' },
  { tool: 'search', calls: 2 },
  { tool: 'search', integration: 'premium', calls: 1 },
];

const requestHash = randomUUID().replaceAll('-', '');

/** Enough credits that nothing is refused while a bench runs. */
function richCatalog(): CatalogConfig {
  return {
    ...smallCatalogConfig,
    plans: smallCatalogConfig.plans.map((plan) => ({ ...plan, monthlyCredits: '1000000000' })),
  };
}

export function accountIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `account-${String(index).padStart(5, '0')}`);
}

/** Runs so many operations with so many of them under way, and returns operations a second. */
export async function rateOf(
  operations: number,
  concurrency: number,
  operate: (index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < operations) {
        next += 1;
        await operate(next);
      }
    }),
  );
  return (operations * 1_000) / (performance.now() - startedAt);
}

/** Does what a store puts off until it is idle: a read of an account brings its tables up to date. */
export async function bringUpToDate(store: Store, accountIds: readonly string[]): Promise<void> {
  for (const id of accountIds) await store.listEntries(id, { limit: 1 });
}

/** Operations a second, 64 under way, with what the store puts off until it is idle. */
export async function rateUpToDate(
  store: Store,
  accountIds: readonly string[],
  operations: number,
  operate: () => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now();
  await rateOf(operations, 64, operate);
  await bringUpToDate(store, accountIds);
  return (operations * 1_000) / (performance.now() - startedAt);
}
