import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRefreshQueue } from '../../../sdk/src/live/refresh-queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const limits = { burst: 3, everyMs: 1_000 };

describe('the refresh queue', () => {
  it('asks at once for what changes after a quiet time', () => {
    const refresh = vi.fn(async () => undefined);
    createRefreshQueue<string>({ refresh, ...limits }).add(['usage', 'credits']);
    expect(refresh.mock.calls).toEqual([['usage'], ['credits']]);
  });

  it('F5: asks less than once a second while changes go on, and for each thing in its turn', async () => {
    const asked: string[] = [];
    const refresh = async (key: string) => void asked.push(key);
    const queue = createRefreshQueue<string>({ refresh, burst: 6, everyMs: 1_500 });
    for (let change = 0; change < 600; change += 1) {
      queue.add(['a', 'b', 'c', 'd']);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked.length).toBeLessThanOrEqual(6 + 60_000 / 1_500);
    const counts = ['a', 'b', 'c', 'd'].map((key) => asked.filter((each) => each === key).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('asks for what is urgent before what waited longer, and still for all else in its turn', async () => {
    const asked: string[] = [];
    const refresh = async (key: string) => void asked.push(key);
    const isUrgent = (key: string) => key === 'check';
    const queue = createRefreshQueue<string>({ refresh, isUrgent, burst: 1, everyMs: 1_500 });
    queue.add(['a', 'b', 'c', 'd', 'check']);
    expect(asked).toEqual(['check']);
    for (let change = 0; change < 130; change += 1) {
      queue.add(['a', 'b', 'c', 'd', 'check']);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked).toEqual(['check', 'a', 'check', 'b', 'check', 'c', 'check', 'd', 'check']);
  });

  it('asks for the last change too, and then for nothing', async () => {
    const refresh = vi.fn(async () => undefined);
    const queue = createRefreshQueue<string>({ refresh, ...limits });
    for (let change = 0; change < 50; change += 1) queue.add(['usage']);
    await vi.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('lets a slow answer come before it asks for the same again', async () => {
    const ends: (() => void)[] = [];
    const refresh = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
    const queue = createRefreshQueue<string>({ refresh, ...limits });
    queue.add(['usage']);
    queue.add(['usage']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('goes on after an answer that failed', async () => {
    const refresh = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue(undefined);
    const queue = createRefreshQueue<string>({ refresh, ...limits });
    queue.add(['usage']);
    await vi.advanceTimersByTimeAsync(0);
    queue.add(['usage']);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('forgets what is waiting once it is cleared', async () => {
    const refresh = vi.fn(async () => undefined);
    const queue = createRefreshQueue<string>({ refresh, ...limits });
    queue.add(['a', 'b', 'c', 'd']);
    queue.clear();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refresh).toHaveBeenCalledTimes(3);
  });
});
