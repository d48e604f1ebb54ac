'use client';
import { createContext, useContext } from 'react';
import type { UsageKitClient } from '../client/create-client.ts';
import type { Session } from '../client/token-source.ts';
import type { MessageOverrides } from '../messages/messages.ts';

/** The context of all widgets. */
export interface UsageKitContextValue {
  /** Undefined without a provider, where components show the `data` that they are given. */
  client: UsageKitClient | undefined;
  /** Null while nobody is signed in. */
  session: Session | null;
  /** BCP 47, such as `de-DE`. */
  locale: string;
  /** IANA zone in which instants are shown; the account's own where it is left out. */
  timeZone?: string | undefined;
  /** Texts in place of the English ones. */
  messages: MessageOverrides;
  /** Where dialogs are put, such as inside a shadow root; the document's body where it is left out. */
  portalContainer?: HTMLElement | ShadowRoot | undefined;
}

const withoutProvider: UsageKitContextValue = {
  client: undefined,
  session: null,
  locale: 'en',
  messages: {},
};

export const UsageKitContext = createContext<UsageKitContextValue>(withoutProvider);

/** Client, session and formatting settings of the nearest `UsageKitProvider`; English without one. */
export function useUsageKit(): UsageKitContextValue {
  return useContext(UsageKitContext);
}
