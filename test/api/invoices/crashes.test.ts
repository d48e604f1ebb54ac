import { createMemoryStore } from '@usagekit/server/memory';
import type { ChargeResult } from '@usagekit/server/payments';
import { describe, expect, it } from 'vitest';
import type { Decided, Loaded, Needs } from '../../../server/src/store/store.ts';
import { newestInvoice, payingAccount, watchedSandbox } from './paying-account.ts';

/**
 * What the provider has: it knows an order by its id and takes the money once, whatever becomes of its answer on the way.
 */
function provider() {
  const taken = new Map<string, bigint>();
  let fault: 'none' | 'before' | 'after' = 'none';
  const sandbox = watchedSandbox({
    async charge({ id, amount }): Promise<ChargeResult> {
      if (fault === 'before') throw new Error('The provider cannot be reached');
      taken.set(id, amount);
      if (fault === 'after') throw new Error('The connection broke');
      return { outcome: 'succeeded' };
    },
  });
  return {
    sandbox,
    taken,
    set(next: typeof fault) {
      fault = next;
    },
  };
}

describe('a charge and its record', () => {
  it.each(['before', 'after'] as const)(
    'C, K: is taken once where the server loses the provider %s the money has moved, for a day',
    async (step) => {
      const { sandbox, taken, set } = provider();
      const account = await payingAccount('succeeds', { sandbox });
      await account.upgrade('basic');
      set(step);
      await account.later(30);
      for (let hour = 0; hour < 24; hour++) await account.later(1 / 24);
      // Nothing is known of it, so no attempt is used up and nobody is told of a problem with the card.
      expect(await newestInvoice(account)).toMatchObject({ number: 'INV-2', status: 'open' });
      set('none');
      await account.later(0);
      expect((await account.invoices()).map(({ number, status }) => `${number} ${status}`)).toEqual([
        'INV-2 paid',
        'INV-1 paid',
      ]);
      expect([...taken.values()]).toEqual([30_000_000n, 30_000_000n]);
    },
  );

  it.each([1, 2, 3, 4])(
    'C: is taken once where write %i of the collection is lost with the process, whoever goes on',
    async (lost) => {
      const { sandbox, taken } = provider();
      const store = createMemoryStore();
      const account = await payingAccount('succeeds', { sandbox, store });
      await account.upgrade('basic');
      const write = store.write.bind(store);
      let writes = 0;
      store.write = async <Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>) => {
        writes += 1;
        if (writes === lost) throw new Error('The process ended');
        return write(needs, decide);
      };
      await account.later(30).catch(() => undefined);
      store.write = write;
      await account.later(0);
      await account.later(0);
      expect((await account.invoices()).map(({ number, status }) => `${number} ${status}`)).toEqual([
        'INV-2 paid',
        'INV-1 paid',
      ]);
      expect(taken.size).toBe(2);
    },
  );
});
