/** What is read in a chart: a bucket and, where one was chosen, a part of its bar. */
export interface ReadPlace {
  index: number;
  /** The place of the part among the parts of all bars. */
  part: number | null;
}

export interface ReadBy {
  count: number;
  rightToLeft: boolean;
  /** The places of the parts that a bar has, from the ground up; a chart without parts has none. */
  partsOf?: ((index: number) => readonly number[]) | undefined;
}

/** Where a key leads; undefined for one that is none of the chart's. */
export function cursorByKey(key: string, { index, part }: ReadPlace, by: ReadBy): ReadPlace | undefined {
  const { count, rightToLeft, partsOf } = by;
  const forward = rightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const back = rightToLeft ? 'ArrowRight' : 'ArrowLeft';
  const to = { [forward]: index + 1, [back]: index - 1, Home: 0, End: count - 1 }[key];
  if (to !== undefined) {
    const next = Math.max(0, Math.min(count - 1, to));
    // The same part of another bar, so that one can be followed over time.
    return { index: next, part: part !== null && partsOf?.(next).includes(part) ? part : null };
  }
  if (!partsOf || (key !== 'ArrowUp' && key !== 'ArrowDown')) return;
  // The whole bar stands between its highest part and its lowest.
  const places = [null, ...partsOf(index)];
  const place = places.indexOf(part) + (key === 'ArrowUp' ? 1 : -1);
  return { index, part: places.at(place % places.length) ?? null };
}
