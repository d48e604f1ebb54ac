import { createFormat } from '@usagekit/react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ConsoleSession } from '../api/session.ts';
import { linkTo, type Place, usePlace } from '../place.ts';
import { ownTimeZone } from './instant.tsx';
import { Mark } from './mark.tsx';

const pages: readonly { page: Exclude<Place['page'], 'account'>; label: string }[] = [
  { page: 'accounts', label: 'Accounts' },
  { page: 'webhooks', label: 'Webhooks' },
  { page: 'catalog', label: 'Catalog' },
  { page: 'audit', label: 'Audit' },
];

interface FrameProps {
  session: ConsoleSession;
  onSignOut: () => void;
  children: ReactNode;
}

/** The frame around every page of a signed-in operator. */
export function Frame({ session, onSignOut, children }: FrameProps) {
  const place = usePlace();
  const main = useFocusOfPage(place);
  const present = place.page === 'account' ? 'accounts' : place.page;
  const ends = createFormat({ timeZone: ownTimeZone }).time(session.endsAt);
  return (
    <div className="frame">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="sidebar">
        <div className="brand">
          <Mark />
          <span>UsageKit</span>
          {session.mode === 'test' && <span className="pill test">Test mode</span>}
        </div>
        <nav className="pages" aria-label="Pages">
          {pages.map(({ page, label }) => (
            <a
              key={page}
              className="page-link"
              {...linkTo({ page })}
              aria-current={present === page ? 'page' : undefined}
            >
              {label}
            </a>
          ))}
        </nav>
        <div className="sidebar-foot">
          <p className="signed-in">
            <span className="mono">{session.key}…</span>
            <span className="muted"> until {ends}</span>
          </p>
          <button type="button" className="button" onClick={onSignOut}>
            Sign out
          </button>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** A new page is read from its heading on; a tab of the same account leaves the focus where it is. */
function useFocusOfPage(place: Place) {
  const main = useRef<HTMLElement>(null);
  const page = place.page === 'account' ? `account ${place.accountId}` : place.page;
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current !== page) (main.current?.querySelector('h1') ?? main.current)?.focus();
    shown.current = page;
  }, [page]);
  return main;
}
