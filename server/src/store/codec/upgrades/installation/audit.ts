import type { UpgradeStep } from '../../stored-format.ts';

export const auditUpgrades: readonly UpgradeStep[] = [];
