/**
 * The ids that are accepted, as a refusal tells them: the first `toldMax`, and how many more there are.
 *
 * @param otherwise What is told where there is none, such as 'no seat type'.
 *
 * @example
 * acceptedIds(catalog.metrics.keys(), 'no metric'); // 'requests, tokens'
 */
export function acceptedIds(
  ids: Iterable<string>,
  otherwise: string,
  toldMax: number = acceptedIdsToldMax,
): string {
  const all = [...ids];
  if (all.length === 0) return otherwise;
  const more = all.length > toldMax ? `, and ${all.length - toldMax} more` : '';
  return `${all.slice(0, toldMax).join(', ')}${more}`;
}

/** As many ids as a reader of an error looks through. */
export const acceptedIdsToldMax = 20;
