/**
 * Ids that keep counting from test to test: React's `useId` in its three spellings, with any prefix or suffix, and the chart
 * library's counters.
 */
const countedId = /(?:«r[0-9a-z]+»|:r[0-9a-z]+:|_r_[0-9a-z]+_|\b(?:recharts\w*|uid)-?\d+\b)/g;

/** Markup in which every counted id is named by the order of its first appearance, so that it is the same in each run. */
export function withStableIds(markup: string): string {
  const names = new Map<string, string>();
  return markup.replace(countedId, (id) => {
    const name = names.get(id) ?? `id-${names.size + 1}`;
    names.set(id, name);
    return name;
  });
}

/** The element's markup for a snapshot, charts included. */
export function stableMarkup(element: Element): string {
  return withStableIds(element.outerHTML);
}

/** Elements in a snapshot: indented by one element a line, with stable ids. For `expect.addSnapshotSerializer`. */
export const usageKitSerializer = {
  test: (value: unknown): boolean =>
    typeof Element !== 'undefined' &&
    value instanceof Element &&
    value.querySelector('.uk-root, [data-widget]') !== null,
  serialize: (value: Element): string => withStableIds(value.outerHTML.replace(/></g, '>\n<')),
};
