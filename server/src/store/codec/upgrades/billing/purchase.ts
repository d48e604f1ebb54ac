import { recordStep, type UpgradeStep } from '../../stored-format.ts';

/** Until version 2 a purchase bore no tax and had no invoice. */
const to2: UpgradeStep = recordStep((fields) => ({ taxes: [], invoiceId: null, ...fields }));

export const purchaseUpgrades: readonly UpgradeStep[] = [to2];
