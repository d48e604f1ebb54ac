import type { Address, AnswerOf, Operation, ParameterNames, PathParameters } from '../api.ts';

/** The address with its parameters in place, each encoded as one segment. */
export function addressOf<Path extends string>(path: Path, parameters: PathParameters<Path>): string {
  const values: Record<string, string> = parameters;
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

declare const pattern: unique symbol;

/** An address with its parameters in place. Its type keeps the address that it was made of, by which a client knows the answer. */
export type FilledAddress<Path extends Address = Address> = string & { readonly [pattern]?: Path };

/** The answer of a method at an address. */
export type AnswerAt<Path extends Address, Method extends string> = `${Method} ${Path}` extends Operation
  ? AnswerOf<`${Method} ${Path}`>
  : never;

type Strings<Names extends string[]> = { [Index in keyof Names]: string };

/** The address with its parameters in place, given in their order. */
export function at<Path extends Address>(
  path: Path,
  ...values: Strings<ParameterNames<Path>>
): FilledAddress<Path> {
  let next = 0;
  return path.replace(/:\w+/g, () => encodeURIComponent(values[next++] ?? '')) as FilledAddress<Path>;
}
