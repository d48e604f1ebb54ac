import { limits } from '../../contract/limits.ts';
import { idPattern, keptIdPattern } from '../../contract/schemas/primitives.ts';
import { invalidParameter } from './problem.ts';

/** The pattern of an address that was made of `:name` parameters, as the router takes it. */
export function pathPattern(path: string): string {
  return path.replaceAll('%3A', ':');
}

/** A parameter of the path that has to be an id of the host's. @throws AppError `invalid_request`. */
export function pathId(params: Readonly<Record<string, string>>, name: string): string {
  const accepted = `1 to ${limits.idCharactersMax} letters, digits and ._:@-`;
  return matchingId(params, { name, pattern: idPattern, accepted });
}

/** A parameter of the path that may also be an id which the server derived. @throws AppError `invalid_request`. */
export function pathKeptId(params: Readonly<Record<string, string>>, name: string): string {
  const accepted = `1 to ${limits.keptIdCharactersMax} letters, digits and ._:@~-`;
  return matchingId(params, { name, pattern: keptIdPattern, accepted });
}

function matchingId(
  params: Readonly<Record<string, string>>,
  { name, pattern, accepted }: { name: string; pattern: RegExp; accepted: string },
): string {
  const value = params[name] ?? '';
  if (pattern.test(value)) return value;
  throw invalidParameter(name, `'${value.slice(0, 40)}' is no id`, accepted);
}
