import { derivedIdMark, deriveId } from '../ids/derived-id.ts';
import type { Erasing } from './state.ts';

/** The replacement of all texts of an erased account. */
export const erasedText = 'Erased';

/** Shorter ones would be found in texts that name nobody. */
const textCharactersMin = 3;

/**
 * Replaces what names a person, in any record of the account. To replace one member again changes nothing; the records of a whole
 * account are replaced once each, since they move to the pseudonym with it.
 */
export interface Eraser {
  readonly erasing: Erasing;
  /** The account as it is named afterwards. */
  readonly accountId: string;
  memberId(id: string): string;
  /** Whether the member is erased, by either name. */
  isErased(memberId: string | undefined): boolean;
  /** An id that may derive from a member's, as that of a grant for every member does. */
  derivedId(id: string): string;
  /** Texts that people wrote, or that name others. */
  text(text: string): string;
}

/** @param pseudonymOf Makes the pseudonym of a member where a whole account is erased. Pure. */
export function createEraser(
  accountId: string,
  erasing: Erasing,
  pseudonymOf: (seed: string, memberId: string) => string,
): Eraser {
  return erasing.subject === 'account' ? ofAccount(erasing, pseudonymOf) : ofMember(accountId, erasing);
}

function ofMember(accountId: string, erasing: Erasing): Eraser {
  const memberId = (id: string) => (id === erasing.id ? erasing.pseudonym : id);
  const pattern = patternOf(erasing.texts);
  return {
    erasing,
    accountId,
    memberId,
    isErased: (id) => id === erasing.id || id === erasing.pseudonym,
    derivedId: (id) => withMember(id, memberId),
    text: (text) => (pattern === null ? text : text.replace(pattern, () => erasing.pseudonym)),
  };
}

function ofAccount(erasing: Erasing, pseudonymOf: (seed: string, memberId: string) => string): Eraser {
  const memberId = (id: string) => pseudonymOf(erasing.seed, id);
  return {
    erasing,
    accountId: erasing.pseudonym,
    memberId,
    isErased: () => true,
    derivedId: (id) => withMember(id, memberId),
    text: () => erasedText,
  };
}

/** For `baseline~member~ID` and ids derived from it; no host's id contains the mark. */
const memberPrefix = `${deriveId('baseline', 'member')}${derivedIdMark}`;

function withMember(id: string, memberId: (id: string) => string): string {
  if (!id.startsWith(memberPrefix)) return id;
  const rest = id.slice(memberPrefix.length);
  const end = rest.indexOf(derivedIdMark);
  const own = end === -1 ? rest : rest.slice(0, end);
  return `${memberPrefix}${memberId(own)}${rest.slice(own.length)}`;
}

/** Finds the texts as whole words, in whatever case; null where there is nothing to look for. */
function patternOf(texts: readonly string[]): RegExp | null {
  const words = texts
    .filter((text) => [...text].length >= textCharactersMin)
    // If two begin alike, the longer one is taken.
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return words.length === 0
    ? null
    : new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}
