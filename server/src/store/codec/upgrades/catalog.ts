import type { UpgradeStep } from '../stored-format.ts';

export const catalogUpgrades: readonly UpgradeStep[] = [];
