import type { Watcher } from '../chrome/messaging-port.ts';
import { isAddedSite } from '../core/site.ts';

/** Who looks at this moment: popups, options pages, and visible tabs of added sites. */
export interface Watchers {
  add(watcher: Watcher, onClosed: () => void): void;
  /** Whether anybody looks whose looking counts: an extension page, or a site that is added now. */
  isWatched(sites: readonly string[]): boolean;
  /** Whether a tab of the site is in view. */
  isSiteWatched(origin: string): boolean;
  /** The tab of an added site that came into view last. */
  latestTab(sites: readonly string[]): number | null;
}

export function createWatchers(): Watchers {
  const open = new Set<Watcher>();

  const counts = ({ sender }: Watcher, sites: readonly string[]): boolean =>
    sender.kind === 'extension-page' || isAddedSite(sites, sender.origin);

  return {
    add(watcher, onClosed) {
      open.add(watcher);
      watcher.onClosed(() => {
        open.delete(watcher);
        onClosed();
      });
    },
    isWatched: (sites) => [...open].some((watcher) => counts(watcher, sites)),
    isSiteWatched: (origin) =>
      [...open].some(({ sender }) => sender.kind === 'content-script' && sender.origin === origin),
    latestTab(sites) {
      const latest = [...open].findLast(
        (watcher) => watcher.sender.kind === 'content-script' && counts(watcher, sites),
      );
      return latest?.sender.kind === 'content-script' ? latest.sender.tabId : null;
    },
  };
}
