import { UsageKitError } from '@usagekit/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { versionOf } from '../../../sdk/src/client/answer-version.ts';
import { retryDelayMs } from '../../../sdk/src/live/retry-delay.ts';
import { createUpkeep } from '../../../sdk/src/live/upkeep.ts';
import { changeAnswer } from '../../../sdk/src/provider/change-answer.ts';
import { createResourceCache, keyOf, type ResourceCache } from '../../../sdk/src/provider/resource-cache.ts';

/** Loads that a test answers by hand, in whatever order. */
function createLoads() {
  const loads: { answer(data: unknown): void; fail(error: UsageKitError): void }[] = [];
  const load = vi.fn(
    () =>
      new Promise<unknown>((resolve, reject) => {
        loads.push({ answer: resolve, fail: reject });
      }),
  );
  return { loads, load };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const down = new UsageKitError({ code: 'network_error', message: 'down' });
const forbidden = new UsageKitError({ code: 'forbidden', message: 'no', status: 403 });

/** As the stream's code does once it is there. */
const keepUp = ({ kept, refreshKey }: ResourceCache) =>
  createUpkeep({ kept, refresh: refreshKey, onBehind: vi.fn(), versionOf, retryDelayMs });

function setUp() {
  const { loads, load } = createLoads();
  const cache = createResourceCache();
  keepUp(cache);
  const onChange = vi.fn();
  const mount = (listener = onChange) => cache.mount({ name: 'credits', load }, listener);
  const read = () => cache.read('credits', undefined);
  return { cache, loads, load, onChange, mount, read };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the cache of a session', () => {
  it('loads once for all that mount meanwhile and shortly after, and tells each', async () => {
    const { mount, load, loads, read } = setUp();
    const listeners = [vi.fn(), vi.fn()];
    mount(listeners[0]);
    mount(listeners[1]);
    loads[0]?.answer('a');
    await settle();
    mount();
    expect(load).toHaveBeenCalledTimes(1);
    expect(listeners.map((listener) => listener.mock.calls.length)).toEqual([1, 1]);
    expect(read()).toEqual({ data: 'a', error: undefined });
  });

  it('shows what is kept and loads again for one that mounts later', async () => {
    const { mount, load, loads, read } = setUp();
    mount()();
    loads[0]?.answer('a');
    await settle();
    await vi.advanceTimersByTimeAsync(2_000);
    mount();
    expect(read().data).toBe('a');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('never puts an older answer in the place of a newer', async () => {
    const { cache, mount, loads, read } = setUp();
    mount();
    void cache.refresh();
    loads[1]?.answer('new');
    await settle();
    loads[0]?.answer('old');
    await settle();
    expect(read().data).toBe('new');
  });

  it('shows an older answer while the newer is still on its way', async () => {
    const { cache, mount, loads, read } = setUp();
    mount();
    void cache.refresh();
    loads[0]?.answer('old');
    await settle();
    expect(read().data).toBe('old');
    loads[1]?.answer('new');
    await settle();
    expect(read().data).toBe('new');
  });

  it('does not show an answer that is older than a change, and asks once more instead', async () => {
    const { cache, mount, load, loads, read } = setUp();
    mount();
    loads[0]?.answer({ available: 5 });
    await settle();
    void cache.refresh();
    changeAnswer(cache.kept, keyOf('credits', undefined), () => ({ available: 4 }));
    expect(read().data).toEqual({ available: 4 });
    loads[1]?.answer({ available: 5 });
    await settle();
    expect(read().data).toEqual({ available: 4 });
    expect(load).toHaveBeenCalledTimes(3);
    loads[2]?.answer({ available: 3 });
    await settle();
    expect(read().data).toEqual({ available: 3 });
  });

  it('leaves an answer that is not there yet alone when it is to be changed', async () => {
    const { cache, mount, loads, read } = setUp();
    mount();
    const change = vi.fn();
    changeAnswer(cache.kept, keyOf('credits', undefined), change);
    loads[0]?.answer('a');
    await settle();
    expect(change).not.toHaveBeenCalled();
    expect(read().data).toBe('a');
  });

  it('keeps the data with the error when a refresh fails, until one succeeds', async () => {
    const { cache, mount, loads, read } = setUp();
    mount();
    loads[0]?.answer('a');
    await settle();
    void cache.refresh();
    loads[1]?.fail(down);
    await settle();
    expect(read()).toEqual({ data: 'a', error: down });
    await vi.advanceTimersByTimeAsync(2_000);
    loads[2]?.answer('b');
    await settle();
    expect(read()).toEqual({ data: 'b', error: undefined });
  });

  it('tries again further and further apart, as long as somebody looks', async () => {
    const { mount, load } = setUp();
    load.mockRejectedValue(down);
    const unmount = mount();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(load.mock.calls.length).toBeGreaterThan(6);
    expect(load.mock.calls.length).toBeLessThan(15);
    unmount();
    load.mockClear();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(load).not.toHaveBeenCalled();
  });

  it('tries again what had failed before the code for it came', async () => {
    const cache = createResourceCache();
    const load = vi.fn(async () => 'b').mockRejectedValueOnce(down);
    cache.mount({ name: 'credits', load }, vi.fn());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(load).toHaveBeenCalledTimes(1);
    keepUp(cache);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(cache.read('credits', undefined)).toEqual({ data: 'b', error: undefined });
  });

  it('does not try again what waiting cannot change', async () => {
    const { mount, load } = setUp();
    load.mockRejectedValue(forbidden);
    mount();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('refreshes what is mounted, and of that only what is named', async () => {
    const cache = createResourceCache();
    const load = { credits: vi.fn(async () => 1), usage: vi.fn(async () => 2), tasks: vi.fn(async () => 3) };
    cache.mount({ name: 'credits', load: load.credits }, vi.fn());
    cache.mount({ name: 'usage', load: load.usage }, vi.fn());
    cache.mount({ name: 'tasks', load: load.tasks }, vi.fn())();
    await settle();
    await cache.refresh(new Set(['credits', 'tasks']));
    expect([load.credits, load.usage, load.tasks].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 1]);
  });

  it('shows nothing once it is cleared, not even what comes later', async () => {
    const { cache, mount, loads, read, onChange } = setUp();
    mount();
    loads[0]?.answer('a');
    await settle();
    void cache.refresh();
    onChange.mockClear();
    cache.clear();
    expect(onChange).toHaveBeenCalledTimes(1);
    loads[1]?.answer('secret');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(read()).toEqual({ data: undefined, error: undefined });
  });

  it('keeps few of the answers that nobody looks at, the newest', async () => {
    const cache = createResourceCache();
    keepUp(cache);
    for (let filter = 0; filter < 200; filter += 1) {
      cache.mount({ name: 'tasks', parameters: { filter }, load: async () => filter }, vi.fn())();
      await settle();
    }
    const kept = Array.from({ length: 200 }, (_, filter) => cache.read('tasks', { filter }).data).filter(
      (data) => data !== undefined,
    );
    expect(kept.length).toBeLessThanOrEqual(51);
    expect(kept.at(-1)).toBe(199);
  });
});
