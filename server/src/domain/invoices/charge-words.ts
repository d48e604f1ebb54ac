const chargeWords = { invoice: 'Invoice ', plan_change: 'Change to ', purchase: '' } as const;

/** The purpose of a charge, as the buyer's statement shows it. */
export function describeCharge({
  purpose,
  subject,
}: {
  readonly purpose: keyof typeof chargeWords;
  readonly subject: string;
}): string {
  return chargeWords[purpose] + subject;
}

/** The number of the invoice, or the id of the plan or the pack, that a charge is for. */
export function subjectOfCharge({
  purpose,
  description,
}: {
  readonly purpose: keyof typeof chargeWords;
  readonly description: string;
}): string {
  const words = chargeWords[purpose];
  return description.startsWith(words) ? description.slice(words.length) : description;
}
