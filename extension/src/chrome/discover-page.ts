/** The server that the page in view names. A page can say anything, so the server is only offered. */
export interface DiscoveredPage {
  /** Origin of the page. */
  origin: string;
  /** The address in its `<link rel="usagekit">`; null without one. */
  serverUrl: string | null;
}

/**
 * Looks at the tab in view, which `activeTab` allows for as long as the user has just pressed the icon.
 * @returns null where there is no page to look at, such as the browser's own.
 */
export async function discoverPage(): Promise<DiscoveredPage | null> {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  if (tab?.id === undefined) return null;
  try {
    const [frame] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, func: readPage });
    return frame?.result ?? null;
  } catch {
    // The browser's own pages, stores, and tabs that were not pressed on let nobody look.
    return null;
  }
}

/** Runs in the page, in the extension's own world; it may name nothing from outside of it. */
function readPage(): DiscoveredPage {
  const link = document.querySelector('link[rel~="usagekit"]');
  const href = link instanceof HTMLLinkElement ? link.href : '';
  return { origin: location.origin, serverUrl: href === '' ? null : href };
}
