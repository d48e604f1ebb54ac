import { noFacts } from '../../domain/facts.ts';
import { deriveId } from '../../domain/ids/derived-id.ts';
import { hash128 } from '../../domain/ids/hash128.ts';
import {
  decideLatePrices,
  isPriceDue,
  latePriceId,
  type WaitingItem,
  withTried,
} from '../../domain/unpriced/unpriced.ts';
import { catalogOf } from '../accounts/account-reader.ts';
import { execute } from '../execute.ts';
import type { Services } from '../services.ts';

const pageSize = 500;
/** Items that are priced in one command: a gate that waits behind them waits so long. */
const itemsAtOnce = 100;
/** Rows that an item writes, about: its record, its mark and its entry. */
const rowsPerItem = 3;

/**
 * Gives the account's unpriced uses the price that the catalog has got for them since, each once: a mark that is written with
 * the charge keeps another process, or a second try, from pricing it again. They are looked for among the raw records between
 * the first and the last of them.
 */
export async function priceUnpriced(services: Services, accountId: string): Promise<void> {
  const { store } = services;
  const state = await store.readAccount(accountId);
  if (state === undefined || state.unpriced === null) return;
  const catalog = await catalogOf(services, state);
  if (!isPriceDue(state, catalog)) return;
  const { firstAtMs, lastAtMs } = state.unpriced;
  let cursor: string | undefined;
  do {
    const page = await store.listUsage(
      { accountId, fromMs: firstAtMs, toMs: lastAtMs + 1 },
      { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
    );
    const waiting = page.items.flatMap((usage) =>
      usage.backfill || usage.takesBack !== undefined
        ? []
        : (usage.unpriced ?? []).map((_, index): WaitingItem => ({ usage, index })),
    );
    for (let start = 0; start < waiting.length; start += itemsAtOnce)
      await priceSome(services, accountId, waiting.slice(start, start + itemsAtOnce));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  await execute(services, {
    accountId,
    priority: 'ingest',
    pricesLate: true,
    decide: ({ state: present }) => ({
      outcome: null,
      state: withTried(present, catalog.version),
      facts: noFacts,
    }),
  });
}

async function priceSome(
  services: Services,
  accountId: string,
  waiting: readonly WaitingItem[],
): Promise<void> {
  const marks = waiting.flatMap((each) => [latePriceId(each), voidMarkOf(each)]);
  const executed = await execute(services, {
    accountId,
    priority: 'ingest',
    rows: waiting.length * rowsPerItem,
    pricesLate: true,
    needs: { eventIds: [...new Set(marks)].map((id) => ({ accountId, id })) },
    decide: (context, loaded) =>
      decideLatePrices(
        context,
        waiting.filter(
          (each) =>
            loaded.event(accountId, latePriceId(each)) === undefined &&
            loaded.event(accountId, voidMarkOf(each)) === undefined,
        ),
      ),
    alsoWrite: (priced) =>
      priced.length === 0
        ? {}
        : {
            eventIds: priced.map((each) => {
              const id = latePriceId(each);
              return { accountId, id, contentHash: hash128(id) };
            }),
          },
  });
  if (!executed.replayed && executed.outcome.length > 0) services.metrics.pricedLate(executed.outcome.length);
}

/** A voided use gets no price. */
function voidMarkOf({ usage }: WaitingItem): string {
  return deriveId(usage.id, 'void');
}
