import type { UpgradeStep } from '../stored-format.ts';

export const walletUpgrades: readonly UpgradeStep[] = [];
