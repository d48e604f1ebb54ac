import type { ShownUnit } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';

/** The unit's word after a space, unless the label next to it contains it or the figure bears its currency. */
export function unitWord(
  { label, unit }: { label: string; unit: ShownUnit },
  value: string,
  format: Format,
): string {
  const said = label.toLowerCase().includes(unit.other.toLowerCase());
  const word = said ? '' : format.unit(value, unit);
  return word && ` ${word}`;
}
