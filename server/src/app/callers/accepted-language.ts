import { canonicalLanguage } from '../../contract/values/languages.ts';
import type { Caller } from './caller.ts';

const tagPattern = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** The language that `Accept-Language` names first (RFC 9110, 12.5.4), as BCP 47 spells it; null where it names none. */
export function acceptedLanguage(header: string | null): string | null {
  if (header === null) return null;
  const first = header.split(',')[0]?.split(';')[0]?.trim() ?? '';
  return tagPattern.test(first) ? canonicalLanguage(first) : null;
}

/** A member's token says the language of the page that it was made for; who calls with a key says it with each request. */
export function withAcceptedLanguage<Known extends Caller>(caller: Known, header: string | null): Known {
  if (caller.kind === 'member' || caller.kind === 'visitor') return caller;
  const language = acceptedLanguage(header);
  return language === null ? caller : { ...caller, language };
}
