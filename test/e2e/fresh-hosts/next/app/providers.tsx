'use client';
import { createClient, UsageKitProvider } from '@usagekit/react';
import { type ReactNode, useState } from 'react';

/** The client lives in the browser; the server renders with it and asks nothing. */
export function Providers({ baseUrl, children }: { baseUrl: string; children: ReactNode }) {
  const [client] = useState(() => createClient({ baseUrl }));
  return (
    <UsageKitProvider client={client} session={{ accountId: 'acme' }} locale="en-GB" timeZone="Europe/London">
      {children}
    </UsageKitProvider>
  );
}
