const positive = /^(?!0+(\.0+)?$)\d{1,13}(\.\d{1,6})?$/;

/** The problem of an amount and its reason; undefined if they can be sent. */
export function amountProblem(
  amount: string,
  reason: string,
  { isSigned = false }: { isSigned?: boolean } = {},
): string | undefined {
  const digits = isSigned ? amount.replace(/^[-−]/, '') : amount;
  if (!positive.test(digits))
    return isSigned ? 'Name an amount such as 500 or -12.5.' : 'Name an amount above 0, such as 500 or 12.5.';
  return reasonProblem(reason);
}

export function reasonProblem(reason: string): string | undefined {
  return reason.trim() === ''
    ? 'Say why: the reason stands in the ledger, the activity log and the audit.'
    : undefined;
}
