import { createClient, UsageKitProvider, useCreditBalance } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { handlers } from '@usagekit/react/testing/msw';
import { setupWorker } from 'msw/browser';
import { createRoot } from 'react-dom/client';

// A developer's page without any server: the real one runs in it, behind a service worker.
const proxy = new URLSearchParams(location.search).get('proxy');
const base = proxy ?? 'https://usage.test';
const mock = createUsageKitMock({ scenario: 'nearLimit', allowInProduction: true });
const worker = setupWorker(...handlers(mock, base, proxy === null ? {} : { as: 'owner' }));
await worker.start({ quiet: true });

const client = createClient(
  proxy === null ? { baseUrl: base, getToken: () => mock.tokenFor() } : { baseUrl: proxy },
);

function Balance() {
  const { status, data } = useCreditBalance();
  return (
    <>
      <output>{`${status} ${data?.available ?? '-'}`}</output>
      <button type="button" onClick={() => void mock.account().spend(30)}>
        Spend 30
      </button>
    </>
  );
}

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <UsageKitProvider client={client} session={mock.session()}>
    <Balance />
  </UsageKitProvider>,
);
