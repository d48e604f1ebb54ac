/** From which amount to which a part of a bar reaches; the end is the one farther from zero. */
export interface StackOffset {
  from: number;
  to: number;
}

/** One bar's parts on each other, from zero up; negative ones from zero down. A missing part takes no room. */
export function stackOffsets(values: readonly (number | undefined)[]): StackOffset[] {
  let above = 0;
  let below = 0;
  return values.map((given) => {
    const value = given !== undefined && Number.isFinite(given) ? given : 0;
    const from = value < 0 ? below : above;
    const to = from + value;
    if (value < 0) below = to;
    else above = to;
    return { from, to };
  });
}

/** The places of the parts that end a bar, which are rounded: the topmost and, of negative ones, the lowest. */
export function endsOfStack(offsets: readonly StackOffset[]): { top: number; bottom: number } {
  return {
    top: offsets.findLastIndex(({ from, to }) => to > from),
    bottom: offsets.findLastIndex(({ from, to }) => to < from),
  };
}
