import type { z } from 'zod';

type KeysOf<T> = T extends unknown ? keyof T : never;

/** `unknown` where the two types say the same, and a type that nothing fits where they do not. */
type Same<Output, Type> = [Output] extends [Type]
  ? [Type] extends [Output]
    ? [KeysOf<Output>] extends [KeysOf<Type>]
      ? [KeysOf<Type>] extends [KeysOf<Output>]
        ? unknown
        : { 'keys of the type are missing in the schema': Exclude<KeysOf<Type>, KeysOf<Output>> }
      : { 'keys of the schema are missing in the type': Exclude<KeysOf<Output>, KeysOf<Type>> }
    : { 'the schema admits less than the type': Type }
  : { 'the schema admits more than the type': Output };

/**
 * Holds a schema and a type of the contract equal at compile time, by assignability both ways and equal keys: a field
 * that is added to one and not to the other does not compile.
 */
export function tied<Type>() {
  return <Schema extends z.ZodType>(schema: Schema & Same<z.output<Schema>, Type>): Schema => schema;
}
