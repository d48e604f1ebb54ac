import { WithFirstAnswers } from '@usagekit/react';
import { createClient, UsageKitProvider } from '@usagekit/react/provider';
import { useEffect, useMemo, useState } from 'react';
import { createFieldnoteApi, type FieldnoteSession, sentPageFor } from './fieldnote-api.ts';
import { AccountApp } from './pages/account-app.tsx';
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
import { useLanguage } from './use-language.ts';
import { goTo, usePath } from './use-path.ts';
import { useProductId } from './use-product-id.ts';
import { useViewerId } from './viewers.ts';

export function App() {
  const [viewerId, setViewerId] = useViewerId();
  const [productId, setProductId] = useProductId();
  const { id: languageId, choose, language } = useLanguage();
  // Only until somebody else looks, or in another language: figures of before are none to come back to.
  const [sent, setSent] = useState(() => sentPageFor({ viewerId, productId, languageId }));
  const api = useMemo(
    () => createFieldnoteApi({ viewerId, productId, languageId }, sent),
    [viewerId, productId, languageId, sent],
  );
  const [answer, setAnswer] = useState<{ from: typeof api; session: FieldnoteSession } | undefined>(
    sent && { from: api, session: sent.session },
  );
  const [others, setOthers] = useState<Record<string, string>>(sent?.session.others ?? {});
  const isKnown = answer?.from === api;

  useEffect(() => {
    if (isKnown) return;
    let current = true;
    void api.session().then((session) => {
      if (!current) return;
      setAnswer({ from: api, session });
      setOthers(session.others);
    });
    return () => {
      current = false;
    };
  }, [api, isKnown]);

  // A session of the product looked at before would send this product's token to that one's server.
  const session = isKnown ? answer.session : undefined;
  const usageKitUrl = session?.usageKitUrl;
  const client = useMemo(
    () =>
      usageKitUrl === undefined ? undefined : createClient({ baseUrl: usageKitUrl, getToken: api.token }),
    [usageKitUrl, api],
  );

  return (
    <>
      <DemoBar
        productId={productId}
        onProductChange={(id) => {
          setSent(undefined);
          setProductId(id);
          goTo('/');
        }}
        others={others}
        viewerId={viewerId}
        onViewerChange={(id) => {
          setSent(undefined);
          setViewerId(id);
        }}
        languageId={languageId}
        onLanguageChange={(id) => {
          setSent(undefined);
          choose(id);
        }}
        api={api}
      />
      {!session && productId !== 'fieldnote' && <Opening />}
      {session && client && productId !== 'fieldnote' && (
        <UsageKitProvider client={client} session={usageKitSession(session)} {...language}>
          <AccountApp session={session} />
        </UsageKitProvider>
      )}
      {session && client && productId === 'fieldnote' && (
        <UsageKitProvider client={client} session={usageKitSession(session)} {...language}>
          {/* By this the extension finds the server, so that nobody types its address. */}
          <link rel="usagekit" href={session.usageKitUrl} />
          {session.member ? (
            <WithFirstAnswers answers={sent?.firstAnswers}>
              <MemberApp api={api} session={session} member={session.member} />
            </WithFirstAnswers>
          ) : (
            <PublicPage api={api} />
          )}
        </UsageKitProvider>
      )}
    </>
  );
}

/** While a product is opened for the first time. */
function Opening() {
  return (
    <p className="opening" role="status">
      Opening the product. The first time, its customer lives through three months, which takes a few seconds.
    </p>
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
        <UsagePage timeZone={session.account.timeZone} role={member.role} />
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
