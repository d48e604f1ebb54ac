import type { UpgradeStep } from '../stored-format.ts';

export const chargeUpgrades: readonly UpgradeStep[] = [];
