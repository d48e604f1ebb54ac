import type { ChargePurpose } from '../../../contract/invoices/charges.ts';
import type { Catalog } from '../../catalog/catalog-types.ts';

const chargeWords: Readonly<Record<ChargePurpose, string>> = {
  invoice: 'Invoice ',
  plan_change: 'Change to ',
  quantity_change: '',
  purchase: '',
};

interface Described {
  readonly purpose: ChargePurpose;
  readonly subject: string;
}

/** The purpose of a charge, as the buyer's statement shows it. */
export function describeCharge({ purpose, subject }: Described): string {
  return chargeWords[purpose] + subject;
}

/** The number of the invoice, the id of the plan or the pack, or what was ordered and how many, that a charge is for. */
export function subjectOfCharge({
  purpose,
  description,
}: {
  readonly purpose: ChargePurpose;
  readonly description: string;
}): string {
  const words = chargeWords[purpose];
  return description.startsWith(words) ? description.slice(words.length) : description;
}

/** The subject as people call it: the name of the plan or the pack while the catalog has it, or else its id. */
export function nameOfSubject(
  { purpose, subject }: Described,
  { creditPacks, plans }: Pick<Catalog, 'creditPacks' | 'plans'>,
): string {
  if (purpose === 'purchase') return creditPacks.get(subject)?.label ?? subject;
  return purpose === 'plan_change' ? (plans.get(subject)?.name ?? subject) : subject;
}
