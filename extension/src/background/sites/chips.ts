import type { Watcher } from '../../chrome/ports/messaging-port.ts';
import type { Ports } from '../../chrome/ports.ts';
import { decideBadgeState } from '../../core/badge/badge-state.ts';
import { type ChipView, toChipView } from '../../core/sites/chip-view.ts';
import { siteOf } from '../../core/sites/site.ts';
import type { ExtensionMemory } from '../extension-memory.ts';
import type { Watchers } from './watchers.ts';

/** Keeps the line on the visible tabs of the sites that have one. */
export interface Chips {
  /** Called whenever figures, sites or who looks may have changed. */
  update(): Promise<void>;
}

/** @param chipFile the script that draws the line, within the extension. */
export function createChips(
  { messaging, scripting, system }: Pick<Ports, 'messaging' | 'scripting' | 'system'>,
  memory: ExtensionMemory,
  watchers: Watchers,
  chipFile: string,
): Chips {
  /** What each visible page was told last. */
  const told = new WeakMap<Watcher, string>();
  let underWay: Promise<void> | null = null;
  let isWanted = false;

  const viewFor = (origin: string): ChipView | null => {
    const site = siteOf(memory.sites(), origin);
    if (site === undefined || !site.hasChip) return null;
    const account = memory.account(site.connectionId);
    const badgeState = decideBadgeState(account.connection() !== null, account.snapshot(), system.nowMs());
    return toChipView(badgeState, system.format(), memory.settings().icon);
  };

  const tell = async (tabId: number, view: ChipView | null): Promise<void> => {
    const ask = async (): Promise<unknown> => {
      try {
        return await messaging.askTab(tabId, { usagekit: 'chip', view });
      } catch {
        // The tab has gone, or has gone elsewhere.
        return null;
      }
    };
    if ((await ask()) === true || view === null) return;
    // Its code is injected only now: most pages never show it.
    await scripting.runInTab(tabId, chipFile).catch(() => undefined);
    await ask();
  };

  const tellAll = async (): Promise<void> => {
    for (const { watcher, tabId, origin } of watchers.visibleTabs()) {
      const view = viewFor(origin);
      const text = JSON.stringify(view);
      if (told.get(watcher) === text) continue;
      told.set(watcher, text);
      await tell(tabId, view);
    }
  };

  return {
    async update() {
      isWanted = true;
      underWay ??= (async () => {
        while (isWanted) {
          isWanted = false;
          await tellAll();
        }
      })().finally(() => {
        underWay = null;
      });
      await underWay;
    },
  };
}
