import type { UpgradeStep } from '../../stored-format.ts';

export const webhookEndpointUpgrades: readonly UpgradeStep[] = [];
