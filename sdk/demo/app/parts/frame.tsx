import { BillingBanner } from '@usagekit/react';
import type { ReactNode } from 'react';
import type { FieldnoteSession } from '../fieldnote-api.ts';
import { takeAction } from '../take-action.ts';
import { followLink } from '../use-path.ts';
import { Brand } from './brand.tsx';
import { CreditsLeft } from './credits-left.tsx';

const pages = [
  { path: '/', label: 'Research' },
  { path: '/usage', label: 'Usage' },
  { path: '/plans', label: 'Plans and credits' },
  { path: '/billing', label: 'Billing' },
  { path: '/why', label: 'When work stops' },
  { path: '/browsers', label: 'Browsers' },
];

interface FrameProps {
  session: FieldnoteSession;
  path: string;
  children: ReactNode;
}

/** What stands around every page of a signed-in member. */
export function Frame({ session, path, children }: FrameProps) {
  const current = pages.some((page) => page.path === path) ? path : '/';
  return (
    <div className="frame">
      <header className="sidebar">
        <Brand />
        <nav aria-label="Pages">
          {pages.map((page) => (
            <a
              key={page.path}
              href={page.path}
              onClick={followLink}
              aria-current={page.path === current ? 'page' : undefined}
            >
              {page.label}
            </a>
          ))}
        </nav>
        <div className="sidebar-foot">
          <CreditsLeft />
          <p className="who">
            <span className="who-account">{session.account.name}</span>
            <span>{session.member?.name}</span>
          </p>
        </div>
      </header>
      <main>
        <BillingBanner className="banner" onAction={takeAction} />
        {children}
      </main>
    </div>
  );
}
