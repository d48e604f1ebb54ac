'use client';
import { useMemo } from 'react';
import { useUsageKit } from '../provider/context.ts';
import type { Messages } from './messages.ts';

/**
 * A component's texts: the provider's where it has them, else English. The component passes its own English ones,
 * so that a bundle holds the texts of the components in it and no others.
 */
export function useMessages<Component extends keyof Messages>(
  component: Component,
  english: Messages[Component],
): Messages[Component] {
  const overrides = useUsageKit().messages[component];
  return useMemo(() => (overrides ? { ...english, ...overrides } : english), [english, overrides]);
}
