import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useSettledDrawing } from '../../../sdk/src/hooks/base/use-settled-drawing.ts';

describe('useSettledDrawing', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const draw = (value: string, key = 'credits') =>
    renderHook(({ shown, of }) => useSettledDrawing(shown, 5_000, of), {
      initialProps: { shown: value, of: key },
    });
  const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

  it('takes a change after a quiet time over at once', () => {
    const { result, rerender } = draw('first');
    rerender({ shown: 'second', of: 'credits' });
    expect(result.current).toBe('second');
  });

  it('takes the latest of many changes over once in the time that was named', async () => {
    const { result, rerender } = draw('first');
    rerender({ shown: 'second', of: 'credits' });
    const seen = new Set<string>();
    for (let step = 1; step <= 20; step += 1) {
      rerender({ shown: `step ${step}`, of: 'credits' });
      await pass(400);
      seen.add(result.current);
    }
    expect([...seen]).toEqual(['second', 'step 13']);
    await pass(5_000);
    expect(result.current).toBe('step 20');
  });

  it('takes another thing over at once', () => {
    const { result, rerender } = draw('credits 1');
    rerender({ shown: 'credits 2', of: 'credits' });
    rerender({ shown: 'requests 1', of: 'requests' });
    expect(result.current).toBe('requests 1');
    rerender({ shown: 'requests 2', of: 'requests' });
    rerender({ shown: 'credits 3', of: 'credits' });
    expect(result.current).toBe('credits 3');
  });
});
