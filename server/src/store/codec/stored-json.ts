/** What is stored was written by another version of UsageKit, or is damaged. */
export class StoredFormatError extends Error {
  override readonly name = 'StoredFormatError';
}

/**
 * Stored JSON of ours: an array whose first part is the version of its format. The type is a promise of the encoder
 * beside the decoder; a version that this code does not know is refused before anything is read from it.
 * @throws StoredFormatError
 */
export function parseStored<Parts extends readonly unknown[]>(
  noun: string,
  version: number,
  json: string,
): Parts {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw new StoredFormatError(`A stored ${noun} is not JSON.`, { cause: error });
  }
  if (!Array.isArray(parsed) || parsed[0] !== version) {
    const found = Array.isArray(parsed) ? String(parsed[0]) : typeof parsed;
    throw new StoredFormatError(
      `A stored ${noun} has format ${found}; this version of UsageKit reads ${version}. Open the store with the version that wrote it, or begin with an empty one.`,
    );
  }
  return parsed as unknown as Parts;
}
