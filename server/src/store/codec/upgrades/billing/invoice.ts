import { recordStep, type UpgradeStep } from '../../stored-format.ts';

/** Until version 2 a line did not keep what it bills. */
const to2: UpgradeStep = recordStep((fields) => ({
  ...fields,
  lines: (fields.lines as readonly object[]).map((line) => ({ causeId: null, ...line })),
}));

export const invoiceUpgrades: readonly UpgradeStep[] = [to2];
