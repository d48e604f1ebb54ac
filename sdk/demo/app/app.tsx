import { createClient, UsageKitProvider } from '@usagekit/react';
import { useEffect, useMemo, useState } from 'react';
import { createFieldnoteApi, type FieldnoteSession } from './fieldnote-api.ts';
import { BillingPage } from './pages/billing-page.tsx';
import { BrowsersPage } from './pages/browsers-page.tsx';
import { PlansPage } from './pages/plans-page.tsx';
import { PublicPage } from './pages/public-page.tsx';
import { ResearchPage } from './pages/research-page.tsx';
import { UsagePage } from './pages/usage-page.tsx';
import { WhyPage } from './pages/why-page.tsx';
import { DemoBar } from './parts/demo-bar.tsx';
import { Frame } from './parts/frame.tsx';
import { Purchase } from './parts/purchase.tsx';
import { usePath } from './use-path.ts';
import { useViewerId } from './viewers.ts';

export function App() {
  const [viewerId, setViewerId] = useViewerId();
  const api = useMemo(() => createFieldnoteApi(viewerId), [viewerId]);
  const [session, setSession] = useState<FieldnoteSession>();

  useEffect(() => {
    let current = true;
    setSession(undefined);
    void api.session().then((answer) => current && setSession(answer));
    return () => {
      current = false;
    };
  }, [api]);

  const usageKitUrl = session?.usageKitUrl;
  const client = useMemo(
    () =>
      usageKitUrl === undefined ? undefined : createClient({ baseUrl: usageKitUrl, getToken: api.token }),
    [usageKitUrl, api],
  );

  return (
    <>
      <DemoBar viewerId={viewerId} onViewerChange={setViewerId} api={api} />
      {session && client && (
        <UsageKitProvider client={client} session={usageKitSession(session)} locale="en">
          {/* By this the extension finds the server, so that nobody types its address. */}
          <link rel="usagekit" href={session.usageKitUrl} />
          {session.member ? (
            <MemberApp api={api} session={session} member={session.member} />
          ) : (
            <PublicPage api={api} />
          )}
        </UsageKitProvider>
      )}
    </>
  );
}

function usageKitSession({ account, member }: FieldnoteSession) {
  return { accountId: account.id, ...(member && { memberId: member.id }) };
}

interface MemberAppProps {
  api: ReturnType<typeof createFieldnoteApi>;
  session: FieldnoteSession;
  member: NonNullable<FieldnoteSession['member']>;
}

function MemberApp({ api, session, member }: MemberAppProps) {
  const path = usePath();
  return (
    <Frame session={session} path={path}>
      {path === '/usage' ? (
        <UsagePage timeZone={session.account.timeZone} />
      ) : path === '/plans' ? (
        <PlansPage />
      ) : path === '/billing' ? (
        <BillingPage />
      ) : path === '/why' ? (
        <WhyPage timeZone={session.account.timeZone} />
      ) : path === '/browsers' ? (
        <BrowsersPage memberId={member.id} timeZone={session.account.timeZone} />
      ) : (
        <ResearchPage api={api} account={session.account} />
      )}
      <Purchase />
    </Frame>
  );
}
