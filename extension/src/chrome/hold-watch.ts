import { watchPortName } from './ports/messaging-port.ts';

/** The line is cut when the worker ends; then it is laid again after this, which wakes the worker. */
const relayAfterMs = 1000;

/**
 * Tells the background that somebody looks at this document, for as long as it is visible.
 * @returns stops telling.
 */
export function holdWatch(target: Document = document): () => void {
  let port: chrome.runtime.Port | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  const connect = (): void => {
    if (isStopped || port !== null || target.visibilityState !== 'visible' || !isExtensionAlive()) return;
    port = chrome.runtime.connect({ name: watchPortName });
    port.onDisconnect.addListener(() => {
      port = null;
      clearTimeout(timer);
      timer = setTimeout(connect, relayAfterMs);
    });
  };
  const disconnect = (): void => {
    clearTimeout(timer);
    port?.disconnect();
    port = null;
  };
  const onVisibility = (): void => {
    if (target.visibilityState === 'visible') connect();
    else disconnect();
  };

  target.addEventListener('visibilitychange', onVisibility);
  connect();
  return () => {
    isStopped = true;
    target.removeEventListener('visibilitychange', onVisibility);
    disconnect();
  };
}

/** False in a content script whose extension was updated or removed under it. */
export function isExtensionAlive(): boolean {
  return chrome.runtime?.id !== undefined;
}
