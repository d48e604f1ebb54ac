import { createClient, UsageKitProvider, useCreditBalance } from '@usagekit/react';
import { createRoot } from 'react-dom/client';

// The page of a host: it knows its server's address and gets tokens from its backend, and nothing of a mock.
const base = 'https://usage.test';
const client = createClient({
  baseUrl: base,
  getToken: () => fetch('/token').then((response) => response.json()),
});

function Balance() {
  const { status, data } = useCreditBalance();
  return <output>{`${status} ${data?.available ?? '-'}`}</output>;
}

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <UsageKitProvider client={client} session={{ accountId: 'acme', memberId: 'owner' }}>
    <Balance />
  </UsageKitProvider>,
);
