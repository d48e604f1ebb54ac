'use client';
import { useEffect, useRef, useState } from 'react';

/** How often charts are drawn while debits go on, in milliseconds. */
export const drawnEveryMs = { days: 5_000, months: 30_000 };

/**
 * The value, taken over at most once in this time while it goes on changing. A change after a quiet time is taken over at once.
 * Drawings cost more than all figures together; they are shown so, while the figures next to them stay live.
 *
 * @param key what the value is of; another key is taken over at once
 */
export function useSettledDrawing<Value>(value: Value, everyMs: number, key?: unknown): Value {
  const [drawn, setDrawn] = useState({ value, key });
  const drawnAtMs = useRef(Number.NEGATIVE_INFINITY);
  const isOther = drawn.key !== key;
  useEffect(() => {
    if (drawn.value === value && drawn.key === key) return;
    const waitMs = drawn.key === key ? drawnAtMs.current + everyMs - performance.now() : 0;
    const draw = () => {
      drawnAtMs.current = performance.now();
      setDrawn({ value, key });
    };
    if (waitMs <= 0) return draw();
    const timer = setTimeout(draw, waitMs);
    return () => clearTimeout(timer);
  }, [value, key, drawn, everyMs]);
  return isOther ? value : drawn.value;
}
