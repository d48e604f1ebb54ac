/**
 * A site's pattern as this browser takes it. Firefox knows no port in one, so there it covers every port of the host; whose messages
 * are heard is decided by the whole origin all the same.
 */
export function supportedPattern(pattern: string): string {
  const isFirefox = chrome.runtime.getURL('').startsWith('moz-extension:');
  return isFirefox ? pattern.replace(/:\d+\/\*$/, '/*') : pattern;
}
