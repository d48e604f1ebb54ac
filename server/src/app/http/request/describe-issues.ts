import * as z from 'zod';
import type { InvalidParameter } from '../../../contract/http/problem.ts';
import { amountPattern } from '../../../contract/values/primitive-schemas.ts';

type Issue = z.core.$ZodIssue;

/** What a schema found wrong, with what it was given, and with what it accepts as the message where the schema has no words of its own. */
export function issuesOf(schema: z.ZodType, value: unknown): readonly Issue[] {
  return schema.safeParse(value, { reportInput: true, error: acceptedBy }).error?.issues ?? [];
}

/** Each wrong field: where, what is wrong, and what is accepted there. */
export function describeIssues(
  issues: readonly Issue[],
  pointerOf: (path: readonly PropertyKey[]) => string = jsonPointer,
): InvalidParameter[] {
  return issues.flatMap((issue) => describeIssue(issue, pointerOf));
}

export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The accepted values of each type of JSON. */
const typeWords: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number, without quotes',
  int: 'a whole number, without quotes',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function acceptedBy(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') return fieldsOf(issue.inst);
  if (issue.code !== 'invalid_type') return undefined;
  return typeWords[issue.expected] ?? issue.expected;
}

/** The fields that an object may have; whoever mistyped one finds it among them. */
function fieldsOf(schema: unknown): string {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return names.length === 0 ? 'no such field' : names.join(', ');
}

function describeIssue(
  issue: Issue,
  pointerOf: (path: readonly PropertyKey[]) => string,
): InvalidParameter[] {
  const pointer = pointerOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        pointer: pointerOf([...issue.path, key]),
        detail: 'is not known here',
        accepted: issue.message,
      }));
    case 'invalid_type':
      return [{ pointer, detail: wrongType(issue), accepted: issue.message }];
    case 'invalid_value':
      return [
        {
          pointer,
          detail: issue.input === undefined ? 'is missing' : 'is none of the accepted values',
          accepted: issue.values.map(String).join(', '),
        },
      ];
    case 'too_small':
      return [{ pointer, detail: 'is too small or too short', accepted: `at least ${issue.minimum}` }];
    case 'too_big':
      return [{ pointer, detail: 'is too large or too long', accepted: `at most ${issue.maximum}` }];
    case 'invalid_format':
      return [{ pointer, detail: wrongForm(issue), accepted: issue.message }];
    case 'invalid_union':
      return describeUnion(issue, pointer, pointerOf);
    case 'invalid_key':
      return [{ pointer, detail: 'is no valid name', accepted: issue.issues[0]?.message ?? 'an id' }];
    default:
      return [{ pointer, detail: 'is out of range', accepted: issue.message }];
  }
}

function wrongType({ expected, input }: Extract<Issue, { code: 'invalid_type' }>): string {
  if (input === undefined) return 'is missing';
  if (expected === 'int') return 'is not a whole number';
  return /^[aeiou]/.test(expected) ? `is not an ${expected}` : `is not a ${expected}`;
}

function wrongForm({ input, pattern }: Extract<Issue, { code: 'invalid_format' }>): string {
  const isOfAmount = pattern === String(amountPattern);
  return isOfAmount && String(input).startsWith('-') ? 'is negative' : 'is not in the accepted form';
}

/** The branch of a union with the fewest mistakes explains the input best. */
function describeUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  pointer: string,
  pointerOf: (path: readonly PropertyKey[]) => string,
): InvalidParameter[] {
  const { discriminator, input } = issue;
  const [nearest] = [...issue.errors].sort((a, b) => wrongness(a) - wrongness(b));
  if (nearest !== undefined)
    return nearest.flatMap((inner) =>
      describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, pointerOf),
    );
  const isMissing = discriminator !== undefined && !Object.hasOwn(Object(input), discriminator);
  const detail = isMissing ? 'is missing' : 'is none of the accepted values';
  return [{ pointer, detail, accepted: optionsOf(issue) }];
}

/** The kinds that a union is told apart by. */
function optionsOf(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options.join(', ') : issue.message;
}

function wrongness(issues: readonly Issue[]): number {
  let sum = 0;
  for (const issue of issues) sum += issue.code === 'unrecognized_keys' ? issue.keys.length * 2 : 1;
  return sum;
}
