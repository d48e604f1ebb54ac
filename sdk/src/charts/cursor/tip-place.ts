export interface TipPlace {
  /** The middle of the bucket that it speaks of. */
  x: number;
  /** Where the pointer is; the top of the drawing for a cursor that keys move. */
  y: number;
  tip: { width: number; height: number };
  chart: { width: number; height: number };
  rightToLeft: boolean;
}

const gap = 12;

/** The upper left corner of the words at a cursor: after it in the direction of reading, before it where there is no room, and within the chart. */
export function tipPlace({ x, y, tip, chart, rightToLeft }: TipPlace): { left: number; top: number } {
  const after = x + gap;
  const before = x - gap - tip.width;
  const fitsAfter = after + tip.width <= chart.width;
  const wanted = rightToLeft ? (before >= 0 || !fitsAfter ? before : after) : fitsAfter ? after : before;
  return {
    left: Math.round(Math.max(0, Math.min(chart.width - tip.width, wanted))),
    top: Math.round(Math.max(0, Math.min(chart.height - tip.height, y))),
  };
}
