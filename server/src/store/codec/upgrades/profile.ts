import type { UpgradeStep } from '../stored-format.ts';

export const profileUpgrades: readonly UpgradeStep[] = [];
