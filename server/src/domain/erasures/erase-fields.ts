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
 * What an erasure does with each field of a record. A field without a rule does not compile, so whoever adds one says whether it
 * tells who somebody is.
 */
export type FieldRules<Value> = {
  readonly [Field in FieldOf<Value>]: FieldRule<ValueOf<Value, Field>>;
};

/** The record with each field as its rule leaves it. A field that no rule knows does not outlive the erasure. */
export function eraseFields<Value extends object>(
  rules: FieldRules<Value>,
  eraser: Eraser,
  record: Value,
): Value {
  const ruleOf = new Map(Object.entries<FieldRule<never>>(rules));
  const fields = Object.entries(record).flatMap(([field, value]) => {
    const rule = ruleOf.get(field);
    // A rule takes the values of its own field.
    return rule === undefined ? [] : [[field, value === undefined ? value : rule(value as never, eraser)]];
  });
  // The record's own fields, each with a value of its type.
  return Object.fromEntries(fields) as Value;
}

/** The field says nothing of a person, or is a document's. */
export function keep<Value>(value: Value): Value {
  return value;
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
export function by<Value extends object>(rules: FieldRules<Value>): FieldRule<Value> {
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
