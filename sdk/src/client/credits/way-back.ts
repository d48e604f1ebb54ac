import type { AccountCommand } from '../subscription/subscription-changes.ts';

/** What was about to be paid, by the dialog that shows it. */
interface WayBack {
  /** A pack's id. */
  pack: string;
  change: AccountCommand;
}

const prefix = 'usagekit.back.';

/**
 * What this tab left a page with for a payment method, which is entered on the payment provider's page; null or undefined for none, also
 * where there is no sessionStorage, as in some frames. Whoever comes back finds it open.
 */
export function readWayBack<What extends keyof WayBack>(what: What): WayBack[What] | null | undefined {
  try {
    // Of what is not there this throws.
    return JSON.parse(sessionStorage[prefix + what]);
  } catch {
    return undefined;
  }
}

/** The change of this kind that the page was left with; whoever takes it opens its dialog, and it is forgotten here. */
export function takeLeftChange<Kind extends AccountCommand['kind']>(
  kind: Kind,
): Extract<AccountCommand, { kind: Kind }> | undefined {
  const left = readWayBack('change');
  if (left?.kind !== kind) return undefined;
  keepWayBack('change', null);
  return left as Extract<AccountCommand, { kind: Kind }>;
}

/** Keeps what the page is left with; null forgets it. */
export function keepWayBack<What extends keyof WayBack>(what: What, left: WayBack[What] | null): void {
  try {
    sessionStorage[prefix + what] = JSON.stringify(left);
  } catch {
    // It is opened by hand then.
  }
}
