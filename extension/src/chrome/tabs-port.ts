export interface TabsPort {
  open(url: string): Promise<void>;
}

export function createChromeTabs(): TabsPort {
  return {
    async open(url) {
      await chrome.tabs.create({ url });
    },
  };
}
