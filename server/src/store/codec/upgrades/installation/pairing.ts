import type { UpgradeStep } from '../../stored-format.ts';

export const pairingUpgrades: readonly UpgradeStep[] = [];
