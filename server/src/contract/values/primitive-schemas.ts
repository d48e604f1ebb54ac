import * as z from 'zod';
import { apiBounds } from '../api-bounds.ts';
import type { OfAccount, PageQuery } from '../http/page.ts';
import type { Money, NamedTax, ShownUnit, UnitLabel } from './amount.ts';
import { idForm, idPattern, isIdText, isKeptIdText, keptIdForm, keptIdPattern } from './ids.ts';
import { canonicalLanguage, languageForm } from './languages.ts';
import { tied } from './tied-schema.ts';

/** The form of an amount that may be negative; what `parseAmount` takes, less its bound on the whole. */
export const signedAmountPattern = /^-?(0|[1-9]\d{0,12})(\.\d{1,6})?$/;
/** The form of an amount of at least 0. */
export const amountPattern = /^(0|[1-9]\d{0,12})(\.\d{1,6})?$/;
/** Names of models, as providers have them: `anthropic/claude-sonnet-4.5`. */
export const modelNamePattern = /^[!-)+-}]{1,256}$/;
/** A name of a model, or a pattern of them. */
export const modelAliasPattern = /^[!-}]{1,256}$/;
/** ISO 8601 with a zone; what it stands for is checked by `Date.parse`. */
export const instantPattern =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
export const currencyPattern = /^[A-Z]{3}$/;

/** Whether the text names an instant that is there: the 30th of February is not. */
export function isInstant(text: string): boolean {
  if (!instantPattern.test(text)) return false;
  const day = Number(text.slice(8, 10));
  const lastDay = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return day <= lastDay && !Number.isNaN(Date.parse(text));
}

/** Whether the decimal lies within what one amount may be. Callers have checked its form. */
export function isAmountInRange(text: string): boolean {
  const digits = text.startsWith('-') ? text.slice(1) : text;
  const [units = '', fraction = ''] = digits.split('.');
  const whole = Number(units);
  return whole < apiBounds.amountUnitsMax || (whole === apiBounds.amountUnitsMax && /^0*$/.test(fraction));
}

function isPositive(text: string): boolean {
  return /[1-9]/.test(text) && !text.startsWith('-');
}

/** Whether a name can be read where it stands: in a list, in the subject of a mail, on an invoice. */
function isName(given: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(given) && !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(given);
}

const nameForm = `a name of 1 to ${apiBounds.textCharactersMax} characters in one line, with something to be seen in it`;
const amountForm = 'a decimal string of at least 0, such as "12.5", with at most six fraction digits';
const signedAmountForm = 'a decimal string such as "-12.5", with at most six fraction digits';
const instantForm = 'an instant in ISO 8601, such as 2026-11-20T08:00:00.000Z';
const currencyForm = 'an ISO 4217 code such as USD';
const inRange = { error: `at most ${apiBounds.amountUnitsMax} units` };

/** An id that the server may have derived. */
export const keptId = z
  .string({ error: keptIdForm })
  .regex(keptIdPattern, { error: keptIdForm, abort: true })
  .refine(isKeptIdText, { error: keptIdForm });
export const id = z
  .string({ error: idForm })
  .regex(idPattern, { error: idForm, abort: true })
  .refine(isIdText, { error: idForm });
export const modelName = z.string().regex(modelNamePattern, {
  error: `1 to ${apiBounds.modelNameCharactersMax} visible ASCII characters other than * and ~`,
});
export const modelAlias = z.string().regex(modelAliasPattern, {
  error: `1 to ${apiBounds.modelNameCharactersMax} visible ASCII characters other than ~`,
});
export const text = z.string().min(1).max(apiBounds.textCharactersMax);
/** A name of somebody or something: one line, and something to be seen in it. */
export const name = text.refine(isName, { error: nameForm });
/** A line of an invoice, as wide as the page. */
export const line = z
  .string()
  .min(1)
  .max(200)
  .refine(isName, { error: 'one line, with something to be seen in it' });
/** A tag of BCP 47, in upper or lower case. */
export const language = z
  .string({ error: languageForm })
  .max(apiBounds.languageCharactersMax, { error: languageForm })
  .refine((tag) => canonicalLanguage(tag) !== null, { error: languageForm });
/** One bare address: what a mail library would take for a list, a group or a header is refused. */
export const email = z.email({ error: 'one e-mail address' }).max(254);
/** At least 0. */
export const amount = z
  .string({ error: amountForm })
  .regex(amountPattern, { error: amountForm, abort: true })
  .refine(isAmountInRange, inRange);
/** More than 0. */
export const positiveAmount = amount.refine(isPositive, { error: 'more than 0' });
export const signedAmount = z
  .string({ error: signedAmountForm })
  .regex(signedAmountPattern, { error: signedAmountForm, abort: true })
  .refine(isAmountInRange, inRange);
/** Amounts in answers: totals may be larger than any amount in a request. */
export const decimal = z.string().regex(/^-?\d{1,19}(\.\d{1,6})?$/);
/** A rate for 1,000 units, derived from the catalog's rate for 1,000,000 units if it has one. */
export const ratePer1000 = z.string().regex(/^\d{1,19}(\.\d{1,9})?$/);
export const instant = z
  .string({ error: instantForm })
  .regex(instantPattern, { error: instantForm, abort: true })
  .refine(isInstant, { error: 'an instant in ISO 8601 on a day that exists' });
export const currency = z.string({ error: currencyForm }).regex(currencyPattern, { error: currencyForm });
/** The intersection keeps completion for `credits`; to a validator it is a string. */
export const creditUnit = z
  .string()
  .regex(/^(credits|[A-Z]{3})$/, { error: '"credits" or an ISO 4217 code' });
export const percent = z.number();

export const money = tied<Money>()(z.strictObject({ amount: decimal, currency }));
export const namedTax = tied<NamedTax>()(z.strictObject({ label: z.string(), amount: money }));
export const moneyInput = tied<Money>()(z.strictObject({ amount, currency }));
/** Signed: a change can give back more than it costs. */
export const expectedTotalFields = {
  expectedTotal: tied<Money>()(z.strictObject({ amount: signedAmount, currency })).exactOptional(),
};
export const unitLabel = tied<UnitLabel>()(z.strictObject({ one: text, other: text }));
export const shownUnit = tied<ShownUnit>()(
  z.strictObject({ one: text, other: text, currency: currency.exactOptional() }),
);

/** Query parameters of every list. */
export const pageQuery = tied<PageQuery>()(
  z.strictObject({
    limit: z.coerce.number().int().min(1).max(apiBounds.pageSizeMax).exactOptional(),
    cursor: z.string().min(1).max(apiBounds.cursorCharactersMax).exactOptional(),
  }),
);

/** Query parameters of routes that belong to an account; the backend names the account by id. */
export const ofAccount = tied<OfAccount>()(z.strictObject({ accountId: id.exactOptional() }));
/** Query parameters of a list of an account's. */
export const pageOfAccount = tied<PageQuery & OfAccount>()(
  z.strictObject({ ...pageQuery.shape, ...ofAccount.shape }),
);

/** One page of items. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    asOf: instant.exactOptional(),
    timeZone: z.string().exactOptional(),
  });
}
