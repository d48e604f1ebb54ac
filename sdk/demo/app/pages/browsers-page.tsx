import { ConnectBrowser } from '@usagekit/react/connect-browser';
import { ConnectedBrowsers } from '@usagekit/react/connected-browsers';

interface BrowsersPageProps {
  memberId: string;
  timeZone: string;
}

/** Where the browser extension is connected, and disconnected. The extension leads here with its code in the address. */
export function BrowsersPage({ memberId, timeZone }: BrowsersPageProps) {
  const code = new URLSearchParams(window.location.search).get('code');
  return (
    <div className="why">
      <h1>Browsers</h1>
      <ConnectBrowser code={code} />
      <ConnectedBrowsers memberId={memberId} timeZone={timeZone} />
    </div>
  );
}
