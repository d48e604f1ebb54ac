import type { Watcher } from '../../chrome/ports/messaging-port.ts';
import { type BoundSite, siteOf } from '../../core/sites/site.ts';

/** Who looks at this moment: popups, options pages, and visible tabs of added sites. */
export interface Watchers {
  add(watcher: Watcher, onClosed: () => void): void;
  /** Whether a page of the extension is open. */
  hasPage(): boolean;
  /** Whether a tab of the site is in view. */
  isSiteWatched(origin: string): boolean;
  /** The tabs in view, of whatever site. */
  visibleTabs(): { watcher: Watcher; tabId: number; origin: string }[];
  /** The tab in view of one of these sites, the one that came into view last; null where none is. */
  latestTab(sites: readonly BoundSite[]): { tabId: number; site: BoundSite } | null;
}

export function createWatchers(): Watchers {
  const open = new Set<Watcher>();

  return {
    add(watcher, onClosed) {
      open.add(watcher);
      watcher.onClosed(() => {
        open.delete(watcher);
        onClosed();
      });
    },
    hasPage: () => [...open].some(({ sender }) => sender.kind === 'extension-page'),
    isSiteWatched: (origin) =>
      [...open].some(({ sender }) => sender.kind === 'content-script' && sender.origin === origin),
    visibleTabs: () =>
      [...open].flatMap((watcher) => {
        const { sender } = watcher;
        return sender.kind === 'content-script'
          ? [{ watcher, tabId: sender.tabId, origin: sender.origin }]
          : [];
      }),
    latestTab(sites) {
      for (const { sender } of [...open].reverse()) {
        const site = sender.kind === 'content-script' ? siteOf(sites, sender.origin) : undefined;
        if (sender.kind === 'content-script' && site !== undefined) return { tabId: sender.tabId, site };
      }
      return null;
    },
  };
}
