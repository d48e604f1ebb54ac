import { recordStep, type UpgradeStep } from '../../stored-format.ts';

/** Until version 2 it was not kept what of a charge went to the balance. */
const to2: UpgradeStep = recordStep((fields) => ({ surplus: null, ...fields }));

/** Until version 3 no refund took credits back. */
const to3: UpgradeStep = (parts) => parts;

/** Until version 4 no refund made a credit note, since purchases had no invoices. */
const to4: UpgradeStep = (parts) => parts;

/** Until version 5 only refunds of purchases made credit notes, and none came off the balance. */
const to5: UpgradeStep = (parts) => parts;

/** Until version 6 no dispute was kept, and nothing that was given back at the provider. */
const to6: UpgradeStep = (parts) => parts;

export const chargeUpgrades: readonly UpgradeStep[] = [to2, to3, to4, to5, to6];
