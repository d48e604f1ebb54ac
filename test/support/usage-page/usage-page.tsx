import type { UsageKitClient } from '../../../sdk/src/client/create-client.ts';
import type { FirstAnswers } from '../../../sdk/src/client/read-first-answers.ts';
import type { Session } from '../../../sdk/src/client/token-source.ts';
import { UsagePage } from '../../../sdk/src/components/usage-page/usage-page.tsx';
import { UsageKitProvider } from '../../../sdk/src/provider/usagekit-provider.tsx';
import { WithFirstAnswers } from '../../../sdk/src/provider/with-first-answers.tsx';

/** What the host's server sends to its page, in the page itself. */
export interface SentUsagePage {
  /** Where the browser reaches the UsageKit server; empty for the host's own address. */
  server: string;
  session: Session;
  /** Left out where the browser reads everything. */
  firstAnswers?: FirstAnswers | undefined;
}

/** A host's page of usage, as its server renders it and as the browser takes it over. */
export function HostUsagePage({ client, session, firstAnswers }: { client: UsageKitClient } & SentUsagePage) {
  return (
    <UsageKitProvider client={client} session={session} locale="en-GB" timeZone="UTC">
      <WithFirstAnswers answers={firstAnswers}>
        <UsagePage />
      </WithFirstAnswers>
    </UsageKitProvider>
  );
}
