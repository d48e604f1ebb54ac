import { createFormat } from '@usagekit/react';
import type { ReactNode } from 'react';
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
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
