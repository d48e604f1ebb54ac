import { createClient, UsageKitProvider } from '@usagekit/react';
import { ConnectBrowser } from '@usagekit/react/connect-browser';
import { styles } from '@usagekit/react/styles';
import { createRoot } from 'react-dom/client';

// The page of a host on which its signed-in member connects a browser. `?server=` names the UsageKit server.
const parameters = new URLSearchParams(location.search);

const client = createClient({
  baseUrl: parameters.get('server') ?? '',
  getToken: () => fetch('/token').then((response) => response.json()),
});

document.head.appendChild(document.createElement('style')).textContent = styles;
createRoot(document.body.appendChild(document.createElement('main'))).render(
  <UsageKitProvider client={client} session={{ accountId: 'acme', memberId: 'ada' }}>
    <ConnectBrowser code={parameters.get('code')} />
  </UsageKitProvider>,
);
