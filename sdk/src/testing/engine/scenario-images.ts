import type { ScenarioName } from '../scenarios/scenarios.ts';

/** Texts of `snapshotToText`, each in a module of its own. */
export type ScenarioImages = {
  readonly [Name in ScenarioName]?: () => Promise<{ readonly default: string }>;
};

/**
 * The named scenarios on the default catalog, seed and `now`, lived through when the package was built. The build replaces this
 * module. The sources have none: there each scenario is lived through.
 */
export const scenarioImages: ScenarioImages = {};
