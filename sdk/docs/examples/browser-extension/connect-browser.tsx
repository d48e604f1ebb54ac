import { ConnectBrowser } from '@usagekit/react/connect-browser';

export default function Example() {
  return <ConnectBrowser />;
}
