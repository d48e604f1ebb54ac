import type { UpgradeStep } from '../stored-format.ts';

export const noticeUpgrades: readonly UpgradeStep[] = [];
