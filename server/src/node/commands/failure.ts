import { CatalogError } from '../../app/catalog/catalogs.ts';
import { isMistakeSentence, mistakeLine } from '../../contract/http/mistake-words.ts';
import type { CatalogMistake } from '../../domain/catalog/catalog-types.ts';
import { StoredFormatError } from '../../store/store-errors.ts';
import { StoreOpenError } from '../../store/store-open-error.ts';
import { ConfigError, FlagError } from '../config/config-error.ts';
import { CommandError, UsageError } from './command.ts';
import { ApiError } from './open-api.ts';

/** Why a command did not do its work: under `--json` as it is, otherwise in lines for people. */
export interface Failure {
  /**
   * `usage`, `wrong_flag` or `wrong_setting` for what was typed or set, the API's own code for what a server refused, the system's
   * for a file, such as `ENOENT`, and otherwise the command's own; `unexpected` is a fault of UsageKit.
   */
  readonly code: string;
  readonly message: string;
  /** What to do about it, where that is not in the message. */
  readonly hint: string | null;
  /** What is wrong, part by part, where there are several. */
  readonly invalidParameters?: readonly CatalogMistake[];
}

/** 1 where the work failed, 2 where the line was typed wrong. */
export function exitCodeOf({ code }: Failure): 1 | 2 {
  return code === 'usage' || code === 'wrong_flag' ? 2 : 1;
}

/** How the line of a command is to be typed. */
export function usageFailure(message: string, command: string): Failure {
  return { code: 'usage', message, hint: `See usagekit ${command === '' ? '' : `${command} `}--help.` };
}

/** What the error says; null where it is a fault that nobody foresaw. */
export function failureOf(error: unknown, command: string): Failure | null {
  if (error instanceof UsageError) return usageFailure(error.message, command);
  if (error instanceof FlagError) return { code: 'wrong_flag', message: error.message, hint: null };
  if (error instanceof ConfigError) return configFailure(error);
  if (error instanceof CommandError) return { code: error.code, message: error.message, hint: error.hint };
  if (error instanceof CatalogError)
    return {
      code: 'invalid_catalog',
      message: `Mistakes in the catalog (${error.mistakes.length})`,
      hint: null,
      invalidParameters: error.mistakes,
    };
  if (error instanceof StoreOpenError) return { code: error.code, message: error.message, hint: null };
  if (error instanceof StoredFormatError) return { code: 'unreadable', message: error.message, hint: null };
  if (error instanceof ApiError) return apiFailure(error);
  return isOfSystem(error)
    ? { code: error.code ?? 'system', message: systemErrorWords(error), hint: null }
    : null;
}

function configFailure({ summary, invalidParameters }: ConfigError): Failure {
  const failure = { code: 'wrong_setting', message: summary, hint: null };
  return invalidParameters.length === 0 ? failure : { ...failure, invalidParameters };
}

export function apiFailure({ code, message, invalidParameters }: ApiError): Failure {
  const failure = { code, message, hint: null };
  return invalidParameters.length === 0 ? failure : { ...failure, invalidParameters };
}

/** For people: a line each for what is wrong and, after a mistake in the line, for its help. */
export function linesOf({ code, message, hint, invalidParameters = [] }: Failure): string {
  const parts = invalidParameters.map(mistakeLine);
  const colon = parts.length > 0 && (code === 'invalid_catalog' || code === 'wrong_setting') ? ':' : '';
  const head = isMistakeSentence(message, invalidParameters) ? [] : [`${message}${colon}`];
  const whole = [...head, ...parts].join('\n  ');
  if (hint === null) return whole;
  return `${whole}${code === 'usage' ? '\n' : ' '}${hint}`;
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** By the system's own code; whatever else it says is told in its words. */
const systemWords: Readonly<Record<string, string>> = {
  ENOENT: 'cannot be opened: there is no such file or folder',
  EACCES: 'may not be opened by this user',
  EPERM: 'may not be changed by this user',
  EROFS: 'is on a file system that can only be read',
  EISDIR: 'is a folder',
  ENOTDIR: 'is in something that is no folder',
  EEXIST: 'exists already',
  ENOSPC: 'does not fit: the disk is full',
};

function systemErrorWords({ code = '', path, message }: NodeJS.ErrnoException): string {
  const words = systemWords[code];
  return words === undefined || path === undefined ? message : `'${path}' ${words}.`;
}
