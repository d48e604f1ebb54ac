'use client';
import { createContext } from 'react';
import type { PartName } from '../components/parts/widget/part-names.ts';
import type { MessageOverrides } from '../messages/messages.ts';

/** What a host chose for the parts of one widget. */
export interface HostChoices {
  /** Classes that it adds to parts. */
  classNames: Partial<Record<PartName, string>>;
  /** Texts in place of the provider's. */
  messages: MessageOverrides;
}

// Apart from what a root takes, since every row reads it and it changes only with what the host gives.
export const HostChoicesContext = createContext<HostChoices>({ classNames: {}, messages: {} });
