/** The figures of a bar, in percent of the allowance. */
export interface BarFigures {
  /** At least 0; above 100 beyond the allowance. Includes holds. */
  percent: number;
  /** The part of `percent` that open holds have set aside; 0 by default. */
  heldPercent?: number | undefined;
  /** Where use is refused, such as 110; left out if that is the allowance, or never. */
  capPercent?: number | undefined;
}

/** A piece of the bar: where it begins and how long it is, in percent of the bar's length. */
export interface BarSpan {
  start: number;
  length: number;
}

export interface BarGeometry {
  /** The length of the whole bar, in percent of the allowance; 100, or more if use or cap lies beyond. */
  scaleMaxPercent: number;
  used: BarSpan;
  held: BarSpan;
  over: BarSpan;
  /** Where the allowance ends; null if that is the bar's end. */
  includedMark: number | null;
  /** Where use is refused; null where that is the bar's end, or nowhere. */
  capMark: number | null;
}

/** Lays a bar out. Beyond 100% the scale grows, so that overage has a length of its own and is never cut off. */
export function barGeometry(figures: BarFigures): BarGeometry {
  // A share of nothing is no number, and a bar of no length.
  const percent = Math.max(0, figures.percent || 0);
  const held = Math.min(Math.max(0, figures.heldPercent || 0), percent);
  const cap = figures.capPercent ?? 0;
  // The cap enters the scale once use has passed the allowance; before that it would only shrink the bar.
  const scaleMaxPercent = percent > 100 ? Math.max(percent, cap) : 100;
  const onScale = (value: number) => Math.round((value / scaleMaxPercent) * 1e4) / 100;
  const spanOf = (from: number, to: number): BarSpan => ({
    start: onScale(from),
    length: Math.max(0, onScale(to) - onScale(from)),
  });
  const settled = percent - held;
  return {
    scaleMaxPercent,
    used: spanOf(0, Math.min(settled, 100)),
    held: spanOf(Math.min(settled, 100), Math.min(percent, 100)),
    over: spanOf(100, Math.max(percent, 100)),
    includedMark: scaleMaxPercent > 100 ? onScale(100) : null,
    capMark: cap > 100 && scaleMaxPercent > cap ? onScale(cap) : null,
  };
}
