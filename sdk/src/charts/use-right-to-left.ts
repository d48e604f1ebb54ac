'use client';
import { type RefObject, useEffect, useState } from 'react';

/** Whether text runs from the right around the chart, which itself is laid out from left to right. */
export function useRightToLeft(root: RefObject<HTMLElement | null>): boolean {
  const [rightToLeft, setRightToLeft] = useState(false);
  useEffect(() => {
    const around = root.current?.parentElement;
    if (around) setRightToLeft(getComputedStyle(around).direction === 'rtl');
  }, [root]);
  return rightToLeft;
}
