'use client';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

// biome-ignore lint/suspicious/noExplicitAny: as React types what is lazy
type AnyComponent = ComponentType<any>;

/**
 * A part whose code is loaded when it is first drawn.
 *
 * @param name what its module exports it as
 */
/* @__NO_SIDE_EFFECTS__ */
export function lazyPart<Module extends { [Each in Name]: AnyComponent }, Name extends string>(
  load: () => Promise<Module>,
  name: Name,
): LazyExoticComponent<Module[Name]> {
  return lazy(() => load().then((module) => ({ default: module[name] })));
}
