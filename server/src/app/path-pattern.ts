import { limits } from '../contract/limits.ts';
import { idPattern } from '../contract/schemas/primitives.ts';
import { invalidParameter } from './problem.ts';

/** The pattern of an address that was made of `:name` parameters, as the router takes it. */
export function pathPattern(path: string): string {
  return path.replaceAll('%3A', ':');
}

/** A parameter of the path that has to be an id. @throws AppError `invalid_request`. */
export function pathId(params: Readonly<Record<string, string>>, name: string): string {
  const value = params[name] ?? '';
  if (idPattern.test(value)) return value;
  throw invalidParameter(
    name,
    `'${value.slice(0, 40)}' is no id`,
    `1 to ${limits.idCharactersMax} letters, digits and ._:@-`,
  );
}
