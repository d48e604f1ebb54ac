import { ConnectedBrowsers } from '@usagekit/react/connected-browsers';

export default function Example() {
  return <ConnectedBrowsers />;
}
