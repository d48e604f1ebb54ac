import type { UsageHistory } from '@usagekit/server/contract';
import type { UsageKitClient } from './create-client.ts';
import type { Session } from './token-source.ts';
import { readUsageHistory } from './usage/read-usage-history.ts';

/** Answers that a server read for the page it renders. Plain JSON: send it to the browser with the page. */
export interface FirstAnswers extends Session {
  /** By view, as the server gave them. */
  answers: Readonly<Partial<Record<FirstView, unknown>>>;
}

/** Answers that widgets show first: those of `UsagePanel`, `PlanCard`, `CreditBalance` and of a badge. */
export type FirstView = keyof typeof readers;

const readers = {
  usage: (client, accountId) => client.usage(accountId),
  usageHistory: (client, accountId): Promise<UsageHistory> => readUsageHistory(client, accountId),
  subscription: (client, accountId) => client.subscription(accountId),
  credits: (client, accountId) => client.credits(accountId),
  summary: (client, accountId) => client.summary(accountId),
} satisfies Record<string, (client: UsageKitClient, accountId: string) => Promise<unknown>>;

/**
 * Reads what widgets show first, all at once, for a page that a server renders. Give the result to the provider on the server and
 * in the browser: the figures are then in the page itself, and are requested again once the page runs. An answer that fails, or that
 * the role may not see, is left out: the widget then asks for it in the browser, and says what is wrong. Never rejects.
 *
 * @param views the answers to read; those of `UsagePage` by default
 */
export async function readFirstAnswers(
  client: UsageKitClient,
  session: Session,
  views: readonly FirstView[] = ['usage', 'usageHistory', 'subscription', 'credits'],
): Promise<FirstAnswers> {
  const ofSession = client.withSession(session);
  const read = await Promise.allSettled(
    views.map(async (view): Promise<[FirstView, unknown]> => {
      return [view, await readers[view](ofSession, session.accountId)];
    }),
  );
  const answers = Object.fromEntries(
    read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
  );
  return { ...session, answers };
}
