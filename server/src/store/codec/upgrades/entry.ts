import type { UpgradeStep } from '../stored-format.ts';

export const entryUpgrades: readonly UpgradeStep[] = [];
