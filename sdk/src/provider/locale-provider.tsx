'use client';
import { type ReactNode, useMemo } from 'react';
import type { MessageOverrides } from '../messages/messages.ts';
import { UsageKitContext, useUsageKit } from './context.ts';

export interface LocaleProviderProps {
  /** BCP 47, such as `de-DE`. */
  locale: string;
  /**
   * IANA zone in which instants are shown.
   * @default the zone of the provider around it, or else the account's
   */
  timeZone?: string;
  /** Texts that take the place of the English ones. */
  messages?: MessageOverrides;
  /** What is shown inside. */
  children?: ReactNode;
}

/**
 * Gives the components beneath it a locale where they are shown with `data` of the host's and need no client. Within a
 * `UsageKitProvider` it changes the locale and leaves client and session as they are. Renders nothing of its own.
 */
export function LocaleProvider({ locale, timeZone, messages, children }: LocaleProviderProps) {
  const around = useUsageKit();
  const value = useMemo(
    () => ({
      ...around,
      locale,
      ...(timeZone !== undefined && { timeZone }),
      ...(messages !== undefined && { messages }),
    }),
    [around, locale, timeZone, messages],
  );
  return <UsageKitContext.Provider value={value}>{children}</UsageKitContext.Provider>;
}
