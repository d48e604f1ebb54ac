import { useCallback, useEffect, useState } from 'react';
import { type ConsoleSession, onSignedOut, readSession, signOut } from './api/session.ts';
import { AccountPage } from './pages/account-page.tsx';
import { AccountsPage } from './pages/accounts-page.tsx';
import { AuditPage } from './pages/audit-page.tsx';
import { CatalogPage } from './pages/catalog-page.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { WebhooksPage } from './pages/webhooks-page.tsx';
import { Frame } from './parts/frame.tsx';
import { Failed, Loading } from './parts/states.tsx';
import { usePlace } from './place.ts';

type Standing =
  | { is: 'asking' }
  | { is: 'failed'; error: unknown }
  | { is: 'signed-out'; wasSignedIn: boolean }
  | { is: 'signed-in'; session: ConsoleSession };

/** The console: who is not signed in sees the one field that signs in, and nothing else. */
export function App() {
  const [standing, setStanding] = useState<Standing>({ is: 'asking' });

  const ask = useCallback(() => {
    setStanding({ is: 'asking' });
    readSession().then(
      (session) =>
        setStanding(session ? { is: 'signed-in', session } : { is: 'signed-out', wasSignedIn: false }),
      (error: unknown) => setStanding({ is: 'failed', error }),
    );
  }, []);

  useEffect(ask, [ask]);
  useEffect(
    () =>
      onSignedOut(() =>
        setStanding((before) =>
          before.is === 'signed-in' ? { is: 'signed-out', wasSignedIn: true } : before,
        ),
      ),
    [],
  );

  if (standing.is === 'asking') return <Loading what="the console" />;
  if (standing.is === 'failed') return <Failed error={standing.error} onRetry={ask} />;
  if (standing.is === 'signed-out')
    return (
      <SignInPage
        wasSignedIn={standing.wasSignedIn}
        onSignedIn={(session) => setStanding({ is: 'signed-in', session })}
      />
    );
  const leave = async () => {
    await signOut();
    setStanding({ is: 'signed-out', wasSignedIn: false });
  };
  return (
    <Frame session={standing.session} onSignOut={leave}>
      <Page session={standing.session} />
    </Frame>
  );
}

function Page({ session }: { session: ConsoleSession }) {
  const place = usePlace();
  switch (place.page) {
    case 'account':
      return (
        <AccountPage key={place.accountId} accountId={place.accountId} tab={place.tab} session={session} />
      );
    case 'webhooks':
      return <WebhooksPage />;
    case 'catalog':
      return <CatalogPage />;
    case 'audit':
      return <AuditPage />;
    default:
      return <AccountsPage />;
  }
}
