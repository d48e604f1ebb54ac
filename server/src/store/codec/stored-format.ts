import { StoredFormatError } from '../store-errors.ts';

/**
 * Takes what a body of one version holds after its number, and gives what the next version holds there. A step that has
 * landed is never changed: files exist that need it as it is.
 */
export type UpgradeStep = (parts: readonly unknown[]) => readonly unknown[];

/** How the bodies of one noun are stored: JSON arrays that begin with the number of their version. */
export interface StoredFormat<Parts extends readonly unknown[]> {
  /** Name of the noun in errors and in the database's list of formats. */
  readonly noun: string;
  /** The version that is written. It is one more than the number of upgrade steps. */
  readonly version: number;
  /**
   * The parts of a body, its version first, after every upgrade step that it needs. Their types are the encoder's promise.
   * @throws StoredFormatError when the text is no JSON of this format, or of a version that is not known yet.
   */
  parse(json: string): Parts;
}

/** @param upgrades The first step makes version 2 of version 1, the next one version 3, and so on. */
export function createStoredFormat<Parts extends readonly unknown[]>(
  noun: string,
  upgrades: readonly UpgradeStep[],
  reviver?: (key: string, value: unknown) => unknown,
): StoredFormat<Parts> {
  const version = upgrades.length + 1;
  return {
    noun,
    version,
    parse(json) {
      const parsed = parseArray(noun, json, reviver);
      if (parsed[0] === version) return parsed as unknown as Parts;
      return upgraded(noun, upgrades, parsed) as unknown as Parts;
    },
  };
}

/** An upgrade step of a body that keeps its own field names. */
export function recordStep(
  step: (fields: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): UpgradeStep {
  return ([fields]) => {
    // Added to nothing, a new field would make fields of a body that has none.
    if (typeof fields !== 'object' || fields === null)
      throw new StoredFormatError('A stored body is damaged: its fields are missing.');
    return [step(fields as Readonly<Record<string, unknown>>)];
  };
}

function upgraded(noun: string, upgrades: readonly UpgradeStep[], parsed: readonly unknown[]): unknown[] {
  const [from, ...rest] = parsed;
  const newest = upgrades.length + 1;
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 1)
    throw new StoredFormatError(`A stored ${noun} does not begin with the version of its format.`);
  if (from > newest) {
    throw new StoredFormatError(
      `A stored ${noun} has format ${from}; this version of UsageKit knows ${newest}. Run the version that wrote it or a newer one.`,
    );
  }
  let parts: readonly unknown[] = rest;
  try {
    for (const step of upgrades.slice(from - 1)) parts = step(parts);
  } catch (cause) {
    throw new StoredFormatError(`A stored ${noun} of format ${from} is damaged.`, { cause });
  }
  return [newest, ...parts];
}

function parseArray(
  noun: string,
  json: string,
  reviver: ((key: string, value: unknown) => unknown) | undefined,
): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json, reviver);
  } catch (cause) {
    throw new StoredFormatError(`A stored ${noun} is not JSON.`, { cause });
  }
  if (!Array.isArray(parsed))
    throw new StoredFormatError(`A stored ${noun} does not begin with the version of its format.`);
  return parsed;
}

/**
 * Reads a body's parts; what fails because a part is missing or of another type is the body's fault.
 * @throws StoredFormatError
 */
export function decodeStored<Value>(noun: string, decode: () => Value): Value {
  try {
    return decode();
  } catch (cause) {
    if (cause instanceof StoredFormatError) throw cause;
    throw new StoredFormatError(`A stored ${noun} is damaged.`, { cause });
  }
}
