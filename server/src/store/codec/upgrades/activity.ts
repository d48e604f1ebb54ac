import { recordStep, type UpgradeStep } from '../stored-format.ts';

export const activityUpgrades: readonly UpgradeStep[] = [
  // Lines had their sentence alone; there are no fields to be had of it.
  recordStep((fields) => ({ ...fields, event: null })),
];
