'use client';
import { msPerDay } from '@usagekit/server/contract';
import { useMessages } from '../../../messages/use-messages.ts';
import { usePartClass } from './as-widget.tsx';

/**
 * What a small part that is loaded later needs of what every widget has. It is given these and imports none of them: some bundlers make
 * a chunk of each set of modules that two parts share, and a page would need that chunk before its figures.
 */
export const laterTools = {
  usePartClass,
  useMessages,
  msPerDay,
};

export type LaterTools = typeof laterTools;
