import { recordStep, type UpgradeStep } from '../../stored-format.ts';

export const keyUpgrades: readonly UpgradeStep[] = [
  recordStep((fields) => ({ narrowTo: null, origin: null, replaces: null, replacedBy: null, ...fields })),
];
