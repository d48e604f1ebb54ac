/** The moments of a browser's and an extension's life. Listeners must be added in the worker's first turn. */
export interface LifecyclePort {
  onInstalled(listener: () => void): void;
  onStartup(listener: () => void): void;
  /** The machine has a network again; heard only while the worker lives. */
  onOnline(listener: () => void): void;
  /** A key of the manifest's `commands` was pressed, in a window that has tabs; undefined where the browser does not say in which. */
  onCommand(listener: (command: string, windowId: number | undefined) => void): void;
}

export function createChromeLifecycle(): LifecyclePort {
  return {
    onInstalled: (listener) => chrome.runtime.onInstalled.addListener(() => listener()),
    onStartup: (listener) => chrome.runtime.onStartup.addListener(() => listener()),
    onOnline: (listener) => self.addEventListener('online', () => listener()),
    onCommand: (listener) =>
      chrome.commands.onCommand.addListener((command, tab) => listener(command, tab?.windowId)),
  };
}
