import { createClient, UsageKitProvider, useCreditBalance } from '@usagekit/react';
import { createRoot } from 'react-dom/client';

// The page of a host, which knows nothing of a mock. It gets tokens from its backend, or asks through a path of its own backend.
const proxy = new URLSearchParams(location.search).get('proxy');
const client = createClient(
  proxy === null
    ? {
        baseUrl: 'https://usage.test',
        getToken: () => fetch('/token').then((response) => response.json()),
      }
    : { baseUrl: proxy },
);

function Balance() {
  const { status, data } = useCreditBalance();
  return <output>{`${status} ${data?.available ?? '-'}`}</output>;
}

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <UsageKitProvider client={client} session={{ accountId: 'acme', memberId: 'owner' }}>
    <Balance />
  </UsageKitProvider>,
);
