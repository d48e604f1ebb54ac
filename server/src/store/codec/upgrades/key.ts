import type { UpgradeStep } from '../stored-format.ts';

export const keyUpgrades: readonly UpgradeStep[] = [];
