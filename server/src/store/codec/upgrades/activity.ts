import type { UpgradeStep } from '../stored-format.ts';

export const activityUpgrades: readonly UpgradeStep[] = [];
