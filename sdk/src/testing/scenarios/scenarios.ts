import * as appearance from './appearance-states.ts';
import * as billing from './billing-states.ts';
import * as everyday from './everyday.ts';
import * as limits from './limit-states.ts';
import type { Scenario } from './scenario.ts';

/**
 * Scripts over the public API and the clock, so that none of them is a state the server could not be in. They work on any catalog;
 * what one lacks for a state, such as a trial or a window, is added to its usual plan.
 */
export const scenarios = {
  ...everyday,
  ...billing,
  ...limits,
  ...appearance,
} satisfies Record<string, Scenario>;

/** Every scenario by name. */
export type ScenarioName = keyof typeof scenarios;
