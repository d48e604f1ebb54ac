import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '../../../server/src/domain/credits/state.ts';
import { CellSums } from '../../../server/src/domain/usage/cell-sums.ts';
import type { UsageCell } from '../../../server/src/domain/usage/state.ts';
import {
  type Command,
  createGroupCommit,
  type GroupCommit,
} from '../../../server/src/store/group-commit/group-commit.ts';
import { createMemoryStore } from '../../../server/src/store/memory/memory-store.ts';
import type { Decided, PageRequest, Store, Writes } from '../../../server/src/store/store.ts';
import { StoreUnavailableError } from '../../../server/src/store/store-errors.ts';
import {
  creditsOf,
  debitIdOf,
  putAccount,
  sampleAccount,
  sampleCell,
  sampleEntry,
  spend,
} from '../../store/account-samples.ts';

describe('group commit', () => {
  it('decides all commands of one turn in one write', async () => {
    const { store, commit, turn, writes } = fixture();
    await putAccount(store, sampleAccount('a', 10_000_000n));
    const results = [1, 2, 3].map((each) => commit.submit(spend({ accountId: 'a', key: `k-${each}` })));
    expect(commit.depth).toBe(3);
    turn();
    expect(await Promise.all(results)).toEqual(['spent', 'spent', 'spent']);
    expect(writes.slice(1)).toHaveLength(1);
    expect(commit.depth).toBe(0);
  });

  it('writes an account once and every cell, which the store sums, however many commands changed them', async () => {
    const { store, commit, turn, writes } = fixture();
    await putAccount(store, sampleAccount('a', 10_000_000n));
    const results = [1, 2, 3].map((each) => commit.submit(spend({ accountId: 'a', key: `k-${each}` })));
    turn();
    await Promise.all(results);
    const batch = writes.at(-1);
    expect(batch?.accounts).toHaveLength(1);
    expect(creditsOf(batch?.accounts?.[0])).toBe(7_000_000n);
    expect(batch?.entries).toHaveLength(3);
    const sums = new CellSums();
    for (const cell of batch?.cells ?? []) sums.add(cell);
    expect(sums.cells.map((cell: UsageCell) => cell.quantity)).toEqual([3_000_000n, 3_000_000n, 3_000_000n]);
  });

  it('gathers what comes while a batch is in flight into the next one', async () => {
    const { store, commit, turn, writes, hold } = fixture();
    await putAccount(store, sampleAccount('a', 10_000_000n));
    const release = hold();
    const first = commit.submit(spend({ accountId: 'a', key: 'k-1' }));
    turn();
    const later = [2, 3, 4].map((each) => commit.submit(spend({ accountId: 'a', key: `k-${each}` })));
    expect(turn()).toBe(0);
    release();
    await first;
    turn();
    await Promise.all(later);
    expect(writes.slice(1).map((batch) => batch.entries?.length)).toEqual([1, 3]);
  });

  it('I13: lets a command that throws fail alone, and nothing of it stays', async () => {
    const { store, commit, turn } = fixture();
    await putAccount(store, sampleAccount('a', 10_000_000n));
    const mistake = new RangeError('unknown metric');
    const broken: Command<never> = {
      ...spend({ accountId: 'a', key: 'k-2' }),
      decide: () => {
        throw mistake;
      },
    };
    const results = [
      commit.submit(spend({ accountId: 'a', key: 'k-1' })),
      commit.submit(broken),
      commit.submit(spend({ accountId: 'a', key: 'k-2' })),
    ];
    turn();
    const settled = await Promise.allSettled(results);
    expect(settled.map((each) => (each.status === 'fulfilled' ? each.value : each.reason))).toEqual([
      'spent',
      mistake,
      'spent',
    ]);
    expect(creditsOf(await store.readAccount('a'))).toBe(8_000_000n);
  });

  it.each<[string, (writes: Writes) => Writes]>([
    [
      'has an entry with a number that was given',
      ({ entries = [], ...writes }) => ({ ...writes, entries: numbered(entries, 1) }),
    ],
    ['leaves a number out', ({ entries = [], ...writes }) => ({ ...writes, entries: numbered(entries, 3) })],
    ['has an entry that its account does not count', ({ accounts: _, ...writes }) => writes],
    [
      'has an entry of another account',
      ({ entries = [], ...writes }) => ({ ...writes, entries: [...entries, sampleEntry('b', 1)] }),
    ],
    [
      'writes an account that nobody locked',
      (writes) => ({ ...writes, accounts: [...(writes.accounts ?? []), sampleAccount('c')] }),
    ],
  ])('lets a command that %s fail alone, and nothing of it stays', async (_, spoil) => {
    const { store, commit, turn } = fixture();
    await putAccount(store, sampleAccount('a', 10_000_000n));
    await putAccount(store, sampleAccount('b', 10_000_000n));
    const good = spend({ accountId: 'a', key: 'k-2' });
    const spoilt: Command<unknown> = {
      ...good,
      decide: (loaded) => ({ writes: spoil(good.decide(loaded).writes), result: 'spoilt' }),
    };
    const commands = [
      spend({ accountId: 'a', key: 'k-1' }),
      spoilt,
      good,
      spend({ accountId: 'b', key: 'k-3' }),
    ];
    const results = commands.map((command) => commit.submit<unknown>(command));
    turn();
    const [first, failed, ...others] = await Promise.allSettled(results);
    expect([first, ...others].map((each) => each?.status === 'fulfilled' && each.value)).toEqual([
      'spent',
      'spent',
      'spent',
    ]);
    const reason = failed?.status === 'rejected' ? failed.reason : undefined;
    expect(reason).toBeInstanceOf(Error);
    // What is unavailable is asked for again, which would not help.
    expect(reason).not.toBeInstanceOf(StoreUnavailableError);
    expect(creditsOf(await store.readAccount('a'))).toBe(8_000_000n);
    const entries = (await store.listEntries('a', { limit: 10 })).items;
    expect(entries.map(({ id, seq }) => [id, seq])).toEqual([
      [debitIdOf('k-2'), 2],
      [debitIdOf('k-1'), 1],
    ]);
    expect(await store.readUsage('a', 'u-k-2')).toBeDefined();
  });

  it('fails every command of a batch that could not be committed, and the next batch goes on', async () => {
    const { store, commit, turn, failNext } = fixture();
    await putAccount(store, sampleAccount('a', 10_000_000n));
    failNext(new StoreUnavailableError('disk full'));
    const lost = [1, 2].map((each) => commit.submit(spend({ accountId: 'a', key: `k-${each}` })));
    turn();
    for (const each of await Promise.allSettled(lost)) {
      expect(each.status === 'rejected' && each.reason).toBeInstanceOf(StoreUnavailableError);
    }
    const retried = commit.submit(spend({ accountId: 'a', key: 'k-1' }));
    turn();
    expect(await retried).toBe('spent');
    expect(creditsOf(await store.readAccount('a'))).toBe(9_000_000n);
  });

  it('fails only the command whose writes the store cannot take, and tells its mistake as it is', async () => {
    const { store, commit, turn, writes, cannotTake } = fixture();
    await putAccount(store, sampleAccount('a', 10_000_000n));
    const mistake = new TypeError('x is not a function');
    cannotTake(debitIdOf('k-3'), mistake);
    const results = [1, 2, 3, 4, 5, 6].map((each) =>
      commit.submit(spend({ accountId: 'a', key: `k-${each}` })),
    );
    turn();
    const settled = await Promise.allSettled(results);
    expect(settled.map((each) => (each.status === 'fulfilled' ? each.value : each.reason))).toEqual([
      'spent',
      'spent',
      mistake,
      'spent',
      'spent',
      'spent',
    ]);
    expect(creditsOf(await store.readAccount('a'))).toBe(5_000_000n);
    expect(commit.depth).toBe(0);
    // By halves, so that one mistake does not make as many transactions as commands.
    expect(writes.slice(1).map(({ entries = [] }) => entries.length)).toEqual([6, 3, 2, 1, 3]);
  });

  it('decides gates before ingest that came earlier', async () => {
    const { commit, turn } = fixture();
    const order: string[] = [];
    const results = [
      commit.submit(note('ingest', 'fact', order)),
      commit.submit(note('gate', 'gate', order)),
    ];
    turn();
    await Promise.all(results);
    expect(order).toEqual(['gate', 'fact']);
  });

  it('caps the rows of a transaction, so that many events do not delay a gate', async () => {
    const { commit, turn } = fixture({ batchRowsMax: 100 });
    const order: string[] = [];
    const events = Array.from({ length: 5 }, (_, index) =>
      commit.submit(note('ingest', `fact-${index}`, order, 60)),
    );
    turn();
    await events[0];
    expect(order).toEqual(['fact-0']);
    const gate = commit.submit(note('gate', 'gate', order));
    turn();
    await gate;
    expect(order.slice(0, 2)).toEqual(['fact-0', 'gate']);
    while (commit.depth > 0) {
      turn();
      await Promise.race(events.slice(order.length - 2));
    }
    expect(order).toEqual(['fact-0', 'gate', 'fact-1', 'fact-2', 'fact-3', 'fact-4']);
  });

  it('F21: decides at most a hundred gates in one turn, however many wait, each once and in their order', async () => {
    const { commit, turn, writes } = fixture();
    const order: string[] = [];
    const gates = Array.from({ length: 450 }, (_, index) =>
      commit.submit(note('gate', `gate-${index}`, order, 4)),
    );
    let last = 0;
    while (commit.depth > 0) {
      turn();
      await Promise.race(gates.slice(last));
      expect(order.length - last).toBeLessThanOrEqual(100);
      last = order.length;
    }
    expect(order).toEqual(gates.map((_, index) => `gate-${index}`));
    expect(writes.length).toBeGreaterThanOrEqual(5);
  });

  it('takes a command larger than a whole batch alone', async () => {
    const { commit, turn, writes } = fixture({ batchRowsMax: 10 });
    const order: string[] = [];
    const large = commit.submit(note('ingest', 'large', order, 1_000));
    const small = commit.submit(note('ingest', 'small', order, 1));
    turn();
    await large;
    expect(order).toEqual(['large']);
    turn();
    await small;
    expect(writes).toHaveLength(2);
  });

  it('does not let a steady stream of gates starve ingest', async () => {
    const { commit, turn } = fixture({ batchRowsMax: 2 });
    const order: string[] = [];
    const fact = commit.submit(note('ingest', 'fact', order, 2));
    const gates: Promise<unknown>[] = [];
    for (let round = 0; round < 12 && !order.includes('fact'); round++) {
      const pair = [1, 2].map(() => commit.submit(note('gate', 'gate', order)));
      gates.push(...pair);
      turn();
      await Promise.race([...pair, fact]);
    }
    expect(order).toContain('fact');
    expect(order.indexOf('fact')).toBeGreaterThanOrEqual(8);
    while (commit.depth > 0) {
      turn();
      await Promise.resolve();
    }
    await Promise.all(gates);
  });

  it('finishes what it accepted when drained, and refuses what is new', async () => {
    const { store, commit, turn } = fixture();
    await putAccount(store, sampleAccount('a', 10_000_000n));
    const accepted = commit.submit(spend({ accountId: 'a', key: 'k-1' }));
    const drained = commit.drain();
    await expect(commit.submit(spend({ accountId: 'a', key: 'k-2' }))).rejects.toBeInstanceOf(
      StoreUnavailableError,
    );
    turn();
    await drained;
    expect(await accepted).toBe('spent');
    await commit.drain();
    expect(commit.depth).toBe(0);
  });
});

interface Fixture {
  store: Store;
  commit: GroupCommit;
  /** Ends the turn of the event loop; returns how many callbacks were waiting for that. */
  turn: () => number;
  /** What reached the store, in order. */
  writes: Writes[];
  failNext: (error: Error) => void;
  /** Lets every write with this entry fail. */
  cannotTake: (entryId: string, error: Error) => void;
  /** Keeps the next write in flight until the returned function is called. */
  hold: () => () => void;
}

function fixture(options: { batchRowsMax?: number } = {}): Fixture {
  const memory = createMemoryStore();
  const writes: Writes[] = [];
  let failure: Error | undefined;
  let refused: { entryId: string; error: Error } | undefined;
  let gate: Promise<void> = Promise.resolve();
  const store: Store = Object.create(memory, {
    write: {
      value: async (...[needs, decide]: Parameters<Store['write']>): Promise<unknown> => {
        await gate;
        if (failure !== undefined) {
          const error = failure;
          failure = undefined;
          throw error;
        }
        return memory.write(needs, (loaded) => {
          const decided: Decided<unknown> = decide(loaded);
          writes.push(decided.writes);
          if (decided.writes.entries?.some(({ id }) => id === refused?.entryId)) throw refused?.error;
          return decided;
        });
      },
    },
    readAccount: { value: (id: string) => memory.readAccount(id) },
    readUsage: { value: (accountId: string, id: string) => memory.readUsage(accountId, id) },
    listEntries: { value: (accountId: string, page: PageRequest) => memory.listEntries(accountId, page) },
  });
  let waiting: (() => void)[] = [];
  const commit = createGroupCommit({ store, schedule: (flush) => waiting.push(flush), ...options });
  return {
    store,
    commit,
    writes,
    turn: () => {
      const due = waiting;
      waiting = [];
      for (const flush of due) flush();
      return due.length;
    },
    failNext: (error) => {
      failure = error;
    },
    cannotTake: (entryId, error) => {
      refused = { entryId, error };
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
}

/** The entries, numbered from the number on. */
function numbered(entries: readonly LedgerRecord[], from: number): LedgerRecord[] {
  return entries.map((entry, index) => ({ ...entry, seq: from + index }));
}

/** A command that only notes that it was decided. */
function note(priority: 'gate' | 'ingest', name: string, order: string[], rows = 1): Command<void> {
  return {
    needs: { accountIds: ['a'] },
    priority,
    rows,
    decide: () => {
      order.push(name);
      return { writes: { cells: [sampleCell('a')] }, result: undefined };
    },
  };
}
