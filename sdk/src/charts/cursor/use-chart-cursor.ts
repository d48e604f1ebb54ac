'use client';
import { useEffect, useRef, useState } from 'react';
import type { ReadPlace } from './cursor-by-key.ts';
import { joinCursorGroup, moveCursorGroup } from './cursor-group.ts';

/** The place that is read in a chart, and what led there. */
export interface ChartCursor extends ReadPlace {
  /** Only what keys lead to is read out: a pointer is followed by eye, and a chart says no other one's words. */
  by: 'keys' | 'pointer' | 'other chart';
  /** The height of the pointer. */
  y?: number | undefined;
}

/** A chart's cursor, which charts of the same group share. */
export function useChartCursor(count: number, group: string | undefined) {
  const [cursor, setCursor] = useState<ChartCursor | null>(null);
  const follow = useRef((index: number | null) =>
    setCursor(index === null ? null : { index, part: null, by: 'other chart' }),
  ).current;
  useEffect(() => (group === undefined ? undefined : joinCursorGroup(group, follow)), [group, follow]);
  const move = (next: ChartCursor | null) => {
    setCursor((before) =>
      before?.index === next?.index &&
      before?.part === next?.part &&
      before?.by === next?.by &&
      before?.y === next?.y
        ? before
        : next,
    );
    if (group !== undefined && next?.index !== cursor?.index)
      moveCursorGroup(group, follow, next?.index ?? null);
  };
  return { cursor: cursor && cursor.index < count ? cursor : null, move };
}
