import { apiBounds } from '../../../contract/api-bounds.ts';
import { paths } from '../../../contract/http/paths.ts';
import type { PaymentDifference, PaymentReconciliation } from '../../../contract/operations/operations.ts';
import { msPerDay } from '../../../contract/values/durations.ts';
import { type CommandInput, UsageError } from '../command.ts';
import { withApi } from '../open-api.ts';

const spanMs = apiBounds.paymentSpanDaysMax * msPerDay;

/** `usagekit reconcile --payments`: compares charges and refunds with the payment provider's record; fails where they differ. */
export async function reconcilePayments(input: CommandInput): Promise<number> {
  const { flags } = input;
  const toMs = instantOf(flags.to, 'to') ?? Date.now();
  const fromMs = instantOf(flags.from, 'from') ?? toMs - spanMs;
  if (fromMs >= toMs) throw new UsageError('--from: lies at or after --to.');
  const differences: PaymentDifference[] = [];
  let [charges, underWay, isKept] = [0, 0, true];
  await withApi(
    input,
    async (api) => {
      for (let startMs = fromMs; startMs < toMs && isKept; startMs += spanMs) {
        const span = new URLSearchParams({
          from: new Date(startMs).toISOString(),
          to: new Date(Math.min(startMs + spanMs, toMs)).toISOString(),
        });
        const answer = await api.call<PaymentReconciliation>('GET', `${paths.paymentReconciliation}?${span}`);
        differences.push(...answer.differences);
        charges += answer.charges;
        underWay += answer.underWay;
        isKept = answer.isKept;
      }
    },
    { asksProvider: true },
  );
  const compared = { isKept, charges, underWay, differences };
  input.answer(compared, ...describe(compared));
  return differences.length === 0 ? 0 : 1;
}

function describe({ isKept, charges, underWay, differences }: PaymentReconciliation): string[] {
  if (!isKept)
    return ['The payment provider keeps no record of charges, as the sandbox does: nothing was compared.'];
  return [
    ...differences.map(
      ({ accountId, chargeId, subject, here, atProvider }) =>
        `${accountId}: ${subject} of ${chargeId} is ${here} here and ${atProvider} at the provider`,
    ),
    `Charges compared: ${charges}, under way: ${underWay}, differences: ${differences.length}.`,
  ];
}

function instantOf(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw new UsageError(`--${flag}: '${text}' is no date; 2026-06-01 is.`);
  return atMs;
}
