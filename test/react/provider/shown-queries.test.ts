import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ResourceName } from '../../../sdk/src/provider/resource-name.ts';
import { createShownQueries } from '../../../sdk/src/provider/shown-queries.ts';

const session = { accountId: 'acme', memberId: 'owner' };

function setUp() {
  const queries = createShownQueries(session);
  const createQuery = (name: ResourceName, parameters?: unknown) => ({
    name,
    key: queries.keyOf(name, parameters),
    refresh: vi.fn(async () => undefined),
    forget: vi.fn(),
    onReturn: vi.fn(),
  });
  return { queries, createQuery };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the queries of a session', () => {
  it('are named unlike those of any other session, and alike for the same parameters', () => {
    const { queries } = setUp();
    const again = createShownQueries(session);
    expect(queries.keyOf('ledger', { limit: 5 })).toBe(queries.keyOf('ledger', { limit: 5 }));
    expect(queries.keyOf('ledger', { limit: 5 })).not.toBe(queries.keyOf('ledger', { limit: 6 }));
    expect(queries.keyOf('ledger', { limit: 5 })).not.toBe(again.keyOf('ledger', { limit: 5 }));
  });

  it('are refreshed once each, however many components show them, and only those that are named', async () => {
    const { queries, createQuery } = setUp();
    const first = createQuery('series');
    const second = createQuery('series');
    const other = createQuery('models');
    const left = createQuery('series', 'left');
    for (const query of [first, second, other]) queries.mount(query);
    queries.mount(left)();
    await queries.refresh(new Set(['series']));
    expect(first.refresh.mock.calls.length + second.refresh.mock.calls.length).toBe(1);
    expect(other.refresh).not.toHaveBeenCalled();
    expect(left.refresh).not.toHaveBeenCalled();
    await queries.refresh();
    expect(other.refresh).toHaveBeenCalledTimes(1);
  });

  it('are still refreshed when one of those who show them goes, even twice', async () => {
    const { queries, createQuery } = setUp();
    const staying = createQuery('series');
    const unmount = queries.mount(createQuery('series'));
    queries.mount(staying);
    unmount();
    unmount();
    await queries.refresh();
    expect(staying.refresh).toHaveBeenCalledTimes(1);
  });

  it('are told that they come back after two seconds without anybody, and not before', () => {
    const { queries, createQuery } = setUp();
    const query = createQuery('ledger');
    queries.mount(query)();
    const unmount = queries.mount(query);
    expect(query.onReturn).not.toHaveBeenCalled();
    unmount();
    vi.advanceTimersByTime(2_000);
    queries.mount(query);
    expect(query.onReturn).toHaveBeenCalledTimes(1);
  });

  it('are kept for a while without anybody, the newest fifty', () => {
    const { queries, createQuery } = setUp();
    const all = Array.from({ length: 60 }, (_, calls) => createQuery('check', { calls }));
    for (const query of all) queries.mount(query)();
    expect(all.filter(({ forget }) => forget.mock.calls.length > 0)).toEqual(all.slice(0, 10));
    expect(all.map(({ key }) => queries.knows(key)).indexOf(true)).toBe(10);
  });

  it('are all forgotten at once', () => {
    const { queries, createQuery } = setUp();
    const shown = createQuery('models');
    const idle = createQuery('catalog');
    queries.mount(shown);
    queries.mount(idle)();
    queries.clear();
    for (const query of [shown, idle]) {
      expect(query.forget).toHaveBeenCalledTimes(1);
      expect(queries.knows(query.key)).toBe(false);
    }
  });
});
