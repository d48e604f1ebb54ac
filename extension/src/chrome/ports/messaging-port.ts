import type { ContentMessage, Sender } from '../../core/rpc/rpc.ts';

/** The name of the line that a popup or a visible added tab holds open for as long as somebody looks. */
export const watchPortName = 'watch';

/** Somebody who looks. */
export interface Watcher {
  sender: Sender;
  onClosed(listener: () => void): void;
}

export interface MessagingPort {
  onWatcher(listener: (watcher: Watcher) => void): void;
  /** Asks the content script of a tab's top frame. @throws when there is none. */
  askTab(tabId: number, message: ContentMessage): Promise<unknown>;
}

export function createChromeMessaging(): MessagingPort {
  return {
    onWatcher(listener) {
      chrome.runtime.onConnect.addListener((port) => {
        if (port.name !== watchPortName) return;
        const sender = toSender(port.sender);
        if (sender === null) return port.disconnect();
        listener({ sender, onClosed: (onClosed) => port.onDisconnect.addListener(onClosed) });
      });
    },
    askTab: (tabId, message) => chrome.tabs.sendMessage(tabId, message, { frameId: 0 }),
  };
}

/**
 * Tells who sent a message, from what the browser itself says about the sender.
 * @returns null for other extensions, frames within a page, and pages that are going away.
 */
export function toSender(sender: chrome.runtime.MessageSender | undefined): Sender | null {
  if (sender === undefined || sender.id !== chrome.runtime.id) return null;
  const { origin } = sender;
  if (origin === undefined) return null;
  if (origin === chrome.runtime.getURL('').replace(/\/$/, '')) return { kind: 'extension-page' };
  const tabId = sender.tab?.id;
  const isTopFrame = sender.frameId === 0 && (sender.documentLifecycle ?? 'active') === 'active';
  return tabId === undefined || !isTopFrame ? null : { kind: 'content-script', origin, tabId };
}
