import { InvalidCursorError } from '../store-errors.ts';

/** A place in a list, as text that callers cannot read meaning into: which list, and the last item's sort key. */
export function encodeCursor(list: string, sortKey: readonly (string | number)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify([list, ...sortKey]));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

type KeyTypes = readonly ('string' | 'number')[];
type SortKey<Types extends KeyTypes> = {
  [Index in keyof Types]: Types[Index] extends 'string' ? string : number;
};

/**
 * The sort key in a cursor of this list, of the named types.
 * @throws InvalidCursorError when it is not one that `encodeCursor` gave out for this list.
 */
export function decodeCursor<const Types extends KeyTypes>(
  list: string,
  types: Types,
  cursor: string,
): SortKey<Types> {
  const parsed = parseCursor(cursor);
  if (!Array.isArray(parsed) || parsed[0] !== list || parsed.length !== types.length + 1) {
    throw new InvalidCursorError('The cursor is not one of this list; leave it out to begin at the start.');
  }
  const sortKey = types.map((type, index): string | number => {
    const part: unknown = parsed[index + 1];
    if (type === 'string' && typeof part === 'string') return part;
    if (type === 'number' && typeof part === 'number' && Number.isSafeInteger(part)) return part;
    throw new InvalidCursorError('The cursor is damaged; leave it out to begin at the start.');
  });
  // Each part was just checked against its type.
  return sortKey as SortKey<Types>;
}

function parseCursor(cursor: string): unknown {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new InvalidCursorError('The cursor cannot be read; leave it out to begin at the start.', {
      cause: error,
    });
  }
}
