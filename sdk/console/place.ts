import { type MouseEvent, useSyncExternalStore } from 'react';

export const accountTabs = ['member', 'ledger', 'grants', 'payments', 'notices'] as const;
export type AccountTab = (typeof accountTabs)[number];

/** Where the operator is, as the address bar has it: it can be bookmarked and sent to a colleague. */
export type Place =
  | { page: 'accounts' | 'webhooks' | 'catalog' | 'audit' }
  | { page: 'account'; accountId: string; tab: AccountTab };

const base = '/console';

export function addressOf(place: Place): string {
  if (place.page === 'accounts') return `${base}/`;
  if (place.page !== 'account') return `${base}/${place.page}`;
  const tab = place.tab === 'member' ? '' : `/${place.tab}`;
  return `${base}/accounts/${encodeURIComponent(place.accountId)}${tab}`;
}

export function placeAt(pathname: string): Place {
  const [first, second, third] = pathname.slice(base.length + 1).split('/');
  if (first === 'webhooks' || first === 'catalog' || first === 'audit') return { page: first };
  if (first !== 'accounts' || second === undefined || second === '') return { page: 'accounts' };
  const tab = accountTabs.find((name) => name === third) ?? 'member';
  return { page: 'account', accountId: decoded(second), tab };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function subscribe(listener: () => void) {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}

export function usePlace(): Place {
  return placeAt(useSyncExternalStore(subscribe, () => window.location.pathname));
}

export function goTo(place: Place): void {
  window.history.pushState(null, '', addressOf(place));
  window.dispatchEvent(new PopStateEvent('popstate'));
  window.scrollTo(0, 0);
}

/** For links within the console: no reload, while new tabs still open as usual. */
export function linkTo(place: Place) {
  return {
    href: addressOf(place),
    onClick(event: MouseEvent) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      goTo(place);
    },
  };
}
