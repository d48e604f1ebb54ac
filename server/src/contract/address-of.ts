import type { Address, ParameterNames, PathParameters } from './api.ts';

/** The address with its parameters in place, each encoded as one segment. */
export function addressOf<Path extends string>(path: Path, parameters: PathParameters<Path>): string {
  const values: Record<string, string> = parameters;
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

type Strings<Names extends string[]> = { [Index in keyof Names]: string };

/** A function that makes the address of its parameters, in their order. */
/* @__NO_SIDE_EFFECTS__ */
export function at<Path extends Address>(path: Path) {
  return (...values: Strings<ParameterNames<Path>>): string => {
    let next = 0;
    return path.replace(/:\w+/g, () => encodeURIComponent(values[next++] ?? ''));
  };
}
