import type { Store } from '../../../server/src/store/store.ts';
import { alternate } from '../alternate.ts';
import type { Measurement } from '../bench.ts';
import { accountIds, bringUpToDate, Engine, rateOf, rateUpToDate } from './engine.ts';
import type { RateLimiter } from './rate-limiter.ts';

const concurrency = 64;

export interface Rivals {
  /** Empty; closed afterwards. */
  readonly store: Store;
  /** On a store of the same kind, as durable; closed afterwards. */
  readonly limiter: RateLimiter;
  /** How many accounts the consumes are spread over. */
  readonly accounts: number;
  /** Consumes a round, of each side: they are of very different speeds. */
  readonly operations: { readonly ours: number; readonly theirs: number };
  /** Whether our store puts work off until it is idle. */
  readonly putsOff?: boolean;
}

/** Consumes of the engine against those of the rate limiter, in process, over as many keys. */
export async function measureAgainstRateLimiter(rivals: Rivals): Promise<Measurement> {
  try {
    return await measure(rivals);
  } finally {
    await rivals.store.close();
    await rivals.limiter.close();
  }
}

async function measure({ store, limiter, accounts, operations, putsOff }: Rivals): Promise<Measurement> {
  const ids = accountIds(accounts);
  const pick = () => ids[Math.floor(Math.random() * accounts)] ?? '';
  const engine = new Engine(store);
  await engine.createAccounts(ids);
  // Each key is there before the time is taken, as each account is.
  for (const id of ids) await limiter.consume(id);

  const consume = async () => {
    if ((await engine.consume(pick())) === 'refused') throw new Error('A limit that never refuses refused.');
  };
  const rateOfOurs = async () => {
    const rate = await rateOf(operations.ours, concurrency, consume);
    // Work that is put off must not take of their time.
    if (putsOff) await bringUpToDate(store, ids);
    return rate;
  };
  const rateOfTheirs = () => rateOf(operations.theirs, concurrency, () => limiter.consume(pick()));
  const { ratio, ours, theirs } = await alternate(9, rateOfOurs, rateOfTheirs);
  const figures = { 'consumes a second': ours, "the rate limiter's a second": theirs };
  if (!putsOff) return { ratio, figures };

  const upToDate = await alternate(5, () => rateUpToDate(store, ids, operations.ours, consume), rateOfTheirs);
  return {
    ratio,
    figures: { ...figures, 'ratio with what is put off until the store is idle': upToDate.ratio },
  };
}
