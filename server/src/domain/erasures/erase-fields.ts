import type { Eraser } from './eraser.ts';

/** The names of the fields of a record, or of all variants of a union. */
type FieldOf<Value> = Value extends unknown ? keyof Value : never;

type ValueOf<Value, Field extends PropertyKey> = Value extends unknown
  ? Field extends keyof Value
    ? Exclude<Value[Field], undefined>
    : never
  : never;

/** Gives the field's value after an erasure. Nothing is erased twice by it: of its own result it makes the same again. */
export type FieldRule<Value> = (value: Value, eraser: Eraser) => Value;

/**
 * What an erasure does with each field of a record. A field that is neither kept by name nor has a rule does not compile, so whoever adds
 * one says whether it tells who somebody is.
 */
export type FieldRules<Value, Kept extends FieldOf<Value> = never> = {
  readonly [Field in Exclude<FieldOf<Value>, Kept>]: FieldRule<ValueOf<Value, Field>>;
};

/** The record with each field as its rule leaves it; a field without a rule is one that the table keeps by name. */
export function eraseFields<Value extends object>(
  rules: Partial<FieldRules<Value>>,
  eraser: Eraser,
  record: Value,
): Value {
  const ruleOf: Readonly<Record<string, FieldRule<never> | undefined>> = rules;
  const erased = { ...record } as Record<string, unknown>;
  for (const field in rules)
    if (erased[field] !== undefined) erased[field] = ruleOf[field]?.(erased[field] as never, eraser);
  // The record's own fields, each with a value of its type.
  return erased as Value;
}

/** Words that people wrote, or that may name them. */
export function words(text: string, eraser: Eraser): string {
  return eraser.text(text);
}

export function account(_id: string, eraser: Eraser): string {
  return eraser.accountId;
}

export function member(id: string, eraser: Eraser): string {
  return eraser.memberId(id);
}

export function derived(id: string, eraser: Eraser): string {
  return eraser.derivedId(id);
}

/** An address that the order names is gone; of an erased account each one is. */
export function address(mail: string | null, eraser: Eraser): string | null {
  return mail === null || eraser.text(mail) !== mail ? null : mail;
}

export function orNull<Value>(rule: FieldRule<Value>): FieldRule<Value | null> {
  return (value, eraser) => (value === null ? null : rule(value, eraser));
}

export function each<Value>(rule: FieldRule<Value>): FieldRule<readonly Value[]> {
  return (values, eraser) => values.map((value) => rule(value, eraser));
}

/** The record's fields, each by its own rule. */
export function by<Value extends object>(rules: Partial<FieldRules<Value>>): FieldRule<Value> {
  return (record, eraser) => eraseFields(rules, eraser, record);
}

/** Only where the account as a whole is erased does this stand in the field's place. */
export function ofAccount<Value>(rule: FieldRule<Value>): FieldRule<Value> {
  return (value, eraser) => (eraser.erasing.subject === 'account' ? rule(value, eraser) : value);
}

/** What serves an account that goes on, and nothing afterwards. */
export function goneWithAccount<Value>(value: Value | null, eraser: Eraser): Value | null {
  return eraser.erasing.subject === 'account' ? null : value;
}
