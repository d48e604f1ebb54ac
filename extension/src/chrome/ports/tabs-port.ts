import { openSidePanel } from '../open-side-panel.ts';

export interface TabsPort {
  open(url: string): Promise<void>;
  /** Opens the side panel, as the first step after a key. */
  openPanel(windowId: number | undefined): Promise<void>;
}

export function createChromeTabs(): TabsPort {
  return {
    async open(url) {
      await chrome.tabs.create({ url });
    },
    openPanel: openSidePanel,
  };
}
