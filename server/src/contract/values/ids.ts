import { apiBounds } from '../api-bounds.ts';

/**
 * Ids of the host's things, as the host has them: any characters that can be printed. Not `~`, by which the server derives ids of
 * them, nor marks that turn the direction of text, and not `.` or `..`, which no address can hold.
 */
export const idPattern =
  /^(?!\.{1,2}$)[^~\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]{1,256}$/u;
export const idForm = `1 to ${apiBounds.idCharactersMax} printable characters other than ~, and not . or ..`;

/** Ids of stored things: the host's, the server's, and ids that the server derives from both, which contain a `~`. */
export const keptIdPattern =
  /^(?!\.{1,2}$)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]{1,640}$/u;
export const keptIdForm = `1 to ${apiBounds.keptIdCharactersMax} printable characters, and not . or ..`;

/** Most ids are of this form, which is seen at once. */
const plainId = /^[A-Za-z0-9_:@-][A-Za-z0-9._:@-]{0,127}$/;

/** Whether the text is an id of the host's. A character beyond the basic plane counts as two. */
export function isIdText(text: string): boolean {
  return plainId.test(text) || (text.length <= apiBounds.idCharactersMax && idPattern.test(text));
}

/** Whether the text is an id of the host's or one that the server derived. */
export function isKeptIdText(text: string): boolean {
  return text.length <= apiBounds.keptIdCharactersMax && keptIdPattern.test(text);
}
