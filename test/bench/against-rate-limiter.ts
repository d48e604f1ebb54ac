import type { Store } from '../../server/src/store/store.ts';
import { alternate } from './alternate.ts';
import type { Measurement } from './bench.ts';
import { accountIds, Engine, rateOf } from './engine.ts';
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
}

/** Consumes of the engine against those of the rate limiter, in process, over as many keys. */
export async function measureAgainstRateLimiter(rivals: Rivals): Promise<Measurement> {
  const { store, limiter, accounts, operations } = rivals;
  const ids = accountIds(accounts);
  const pick = () => ids[Math.floor(Math.random() * accounts)] ?? '';
  const engine = new Engine(store);
  await engine.createAccounts(ids);
  const consume = async () => {
    if ((await engine.consume(pick())) === 'refused') throw new Error('A limit that never refuses refused.');
  };
  // Each key is there before the time is taken, as each account is.
  for (const id of ids) await limiter.consume(id);
  const { ratio, ours, theirs } = await alternate(
    9,
    () => rateOf(operations.ours, concurrency, consume),
    () => rateOf(operations.theirs, concurrency, () => limiter.consume(pick())),
  );
  await store.close();
  await limiter.close();
  return { ratio, figures: { 'consumes a second': ours, "the rate limiter's a second": theirs } };
}
