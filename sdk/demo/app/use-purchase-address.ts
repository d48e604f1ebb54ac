import { useSyncExternalStore } from 'react';

const hash = '#buy-credits';

function subscribe(listener: () => void) {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}

function changeHash(next: string) {
  window.history.pushState(null, '', window.location.pathname + next);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** Opens the purchase over the page that is shown, with a pack chosen already. */
export function openPurchase(packId?: string): void {
  changeHash(packId === undefined ? hash : `${hash}=${packId}`);
}

export function closePurchase(): void {
  changeHash('');
}

/**
 * Whether credits are being bought, and which pack was asked for. It stands in the address, so that a reload, the way
 * back from the payment page, and links from elsewhere lead into the dialog again.
 */
export function usePurchaseAddress(): { isOpen: boolean; packId: string | undefined } {
  const shown = useSyncExternalStore(subscribe, () => window.location.hash);
  const [name, packId] = shown.split('=');
  return { isOpen: name === hash, packId };
}
