'use client';
import { pageNavMessages } from '../../messages/common/page-nav.ts';
import { useMessages } from '../../messages/use-messages.ts';

const pageNames = ['usage', 'tasks', 'billing'] as const;

/** A page of the account. */
export type AccountPage = (typeof pageNames)[number];

/** Where the other pages of the account are. */
export interface PageLinks {
  /** Addresses of the host's pages; a page without one is not linked to. */
  pages?: Partial<Record<AccountPage, string>> | undefined;
  /** Follows a link to a page without a reload; by default the browser follows it. */
  onPage?: ((page: AccountPage) => void) | undefined;
}

export interface PageNavProps extends PageLinks {
  present: AccountPage;
}

/** Leads from one of the account's pages to the others. Renders a `nav`, or nothing where there is nowhere to lead. Reads messages. */
export function PageNav({ pages = {}, onPage, present }: PageNavProps) {
  const messages = useMessages('pageNav', pageNavMessages);
  const linked = pageNames.filter((page) => page === present || pages[page] !== undefined);
  if (linked.length < 2) return null;
  return (
    <nav className="uk-billing-nav" aria-label={messages.nav}>
      {linked.map((page) => (
        <a
          key={page}
          className="uk-billing-link"
          href={pages[page] ?? '#'}
          aria-current={page === present ? 'page' : undefined}
          onClick={(event) => {
            // New tabs and windows still open as usual.
            if (!onPage || event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onPage(page);
          }}
        >
          {messages.pages[page]}
        </a>
      ))}
    </nav>
  );
}
