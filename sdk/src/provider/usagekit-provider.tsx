'use client';
import { type ReactNode, useEffect, useMemo } from 'react';
import type { UsageKitClient } from '../client/create-client.ts';
import type { Session } from '../client/token-source.ts';
import type { MessageOverrides } from '../messages/messages.ts';
import { UsageKitContext } from './context.ts';
import { sessionStoreOf } from './session-store.ts';

export interface UsageKitProviderProps {
  /** Made once, outside of rendering. */
  client: UsageKitClient;
  /**
   * The account and member whose figures are shown, from the host's own sign-in. Null while nobody is signed in: then no request
   * is made. When it changes, nothing of the previous session stays on the screen or in memory.
   */
  session: Session | null;
  /**
   * BCP 47. Name it, so that server and browser write the same figures.
   * @default 'en'
   */
  locale?: string;
  /**
   * IANA zone in which instants are shown. Cycles and days stay in the account's zone.
   * @default the account's
   */
  timeZone?: string | undefined;
  /** Texts that take the place of the English ones. */
  messages?: MessageOverrides;
  /** Where dialogs are put, such as inside a shadow root. */
  portalContainer?: HTMLElement | ShadowRoot;
  /** What is shown inside. */
  children?: ReactNode;
}

const noMessages: MessageOverrides = {};

/**
 * Gives hooks and widgets beneath it a client and a session. It renders nothing of its own, puts no `SWRConfig` around
 * the host's components, and may stand several times on a page, for one tenant or several.
 */
export function UsageKitProvider({
  client,
  session,
  locale = 'en',
  timeZone,
  messages = noMessages,
  portalContainer,
  children,
}: UsageKitProviderProps) {
  const accountId = session?.accountId;
  const memberId = session?.memberId;
  // Hosts write the session in place; it is the same one for as long as it names the same account and member.
  const sameSession = useMemo<Session | null>(
    () => (accountId === undefined ? null : { accountId, ...(memberId !== undefined && { memberId }) }),
    [accountId, memberId],
  );

  useEffect(
    () => (sameSession ? sessionStoreOf(client, sameSession).retain() : undefined),
    [client, sameSession],
  );

  const value = useMemo(
    () => ({ client, session: sameSession, locale, timeZone, messages, portalContainer }),
    [client, sameSession, locale, timeZone, messages, portalContainer],
  );
  return <UsageKitContext.Provider value={value}>{children}</UsageKitContext.Provider>;
}
