import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRefreshQueue } from '../../../sdk/src/live/refresh-queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the refresh queue', () => {
  it('starts the first refresh of a quiet time at once', () => {
    const refresh = vi.fn(async () => undefined);
    createRefreshQueue(refresh, 400).add(['usage']);
    expect(refresh).toHaveBeenCalledWith(new Set(['usage']));
  });

  it('does a storm of changes with one refresh now and one after the interval', async () => {
    const refresh = vi.fn(async () => undefined);
    const queue = createRefreshQueue<string>(refresh, 400);
    for (let change = 0; change < 100; change += 1) queue.add(['usage', change === 99 ? 'tasks' : 'credits']);
    await vi.advanceTimersByTimeAsync(399);
    expect(refresh).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(refresh.mock.calls).toEqual([
      [new Set(['usage', 'credits'])],
      [new Set(['usage', 'credits', 'tasks'])],
    ]);
  });

  it('lets a slow refresh end before the next, however many changes come meanwhile', async () => {
    const ends: (() => void)[] = [];
    const refresh = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
    const queue = createRefreshQueue(refresh, 400);
    queue.add(['usage']);
    queue.add(['usage']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('goes on after a refresh that failed', async () => {
    const refresh = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue(undefined);
    const queue = createRefreshQueue(refresh, 400);
    queue.add(['usage']);
    await vi.advanceTimersByTimeAsync(400);
    queue.add(['usage']);
    expect(refresh).toHaveBeenCalledTimes(2);
  });
});
