/**
 * The message that a page may post to its own window to say that usage has changed. Any script can post it, so it is only a hint.
 */
export const pageHintSource = 'usagekit';

/** Whether something that a page posted is a hint. Pages post anything: null, strings, huge objects. */
export function isPageHint(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'source' in data && data.source === pageHintSource;
}
