'use client';
import { useContext, useMemo } from 'react';
import { useUsageKit } from '../provider/context.ts';
import { HostChoicesContext } from '../provider/host-choices.ts';
import type { Messages } from './messages.ts';

/**
 * A component's texts: the widget's own where the host gave it some, then the provider's, else English. The component
 * passes its own English ones, so that a bundle holds the texts of the components in it and no others.
 *
 * @param english all of the component's texts, or those that a part of it has
 */
export function useMessages<
  Component extends keyof Messages,
  Texts extends Partial<Messages[Component]> = Messages[Component],
>(component: Component, english: Texts): Texts {
  const overrides = useUsageKit().messages[component];
  const own = useContext(HostChoicesContext).messages[component];
  return useMemo(
    () => (overrides || own ? { ...english, ...overrides, ...own } : english),
    [english, overrides, own],
  );
}
