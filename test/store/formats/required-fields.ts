import { readFileSync, writeFileSync } from 'node:fs';
import { sharedFormats } from '../../../server/src/store/codec/formats.ts';
import { pendingCellsFormat } from '../../../server/src/store/postgres/commit/pending-cells.ts';
import { journalFormat } from '../../../server/src/store/sqlite/journal/journal-codec.ts';
import { requiredPaths, storedShapes } from './stored-shapes.ts';

/*
 * Every field that a stored body cannot be without, by noun and version, as the types were when the version was first written.
 * A version that stands there keeps its list: a field that is required from now on needs the next version, whose step gives it
 * to what was stored before.
 */

/** Lists of paths by noun and version. */
export type RequiredFields = Record<string, Record<string, readonly string[]>>;

const file = new URL('required-fields.json', import.meta.url);

export function readRequiredFields(): RequiredFields {
  return JSON.parse(readFileSync(file, 'utf8')) as RequiredFields;
}

/** What the types of the source require now, each noun at the version that is written. */
export function requiredFieldsNow(): RequiredFields {
  const shapes = storedShapes();
  const formats = [...sharedFormats, pendingCellsFormat, journalFormat];
  return Object.fromEntries(
    formats.map(({ noun, version }) => {
      const shape = shapes.get(noun);
      if (shape === undefined) throw new Error(`No type of a stored ${noun} was found.`);
      return [noun, { [version]: [...new Set(requiredPaths(shape))] }];
    }),
  );
}

/** Adds the versions that are not in the file yet. */
export function writeRequiredFields(): void {
  const written = readRequiredFields();
  for (const [noun, versions] of Object.entries(requiredFieldsNow()))
    written[noun] = { ...versions, ...written[noun] };
  writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`);
}
