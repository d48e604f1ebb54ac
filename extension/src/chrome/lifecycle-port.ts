/** The moments of a browser's and an extension's life. Listeners must be added in the worker's first turn. */
export interface LifecyclePort {
  onInstalled(listener: () => void): void;
  onStartup(listener: () => void): void;
  /** The machine has a network again; heard only while the worker lives. */
  onOnline(listener: () => void): void;
  /** A key of the manifest's `commands` was pressed. */
  onCommand(listener: (command: string) => void): void;
}

export function createChromeLifecycle(): LifecyclePort {
  return {
    onInstalled: (listener) => chrome.runtime.onInstalled.addListener(() => listener()),
    onStartup: (listener) => chrome.runtime.onStartup.addListener(() => listener()),
    onOnline: (listener) => self.addEventListener('online', () => listener()),
    onCommand: (listener) => chrome.commands.onCommand.addListener((command) => listener(command)),
  };
}
