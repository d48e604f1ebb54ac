import type { UnitLabel } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';

/** The unit's word after a space, unless the label next to it contains it. */
export function unitWord(
  { label, unit }: { label: string; unit: UnitLabel },
  value: string,
  format: Format,
): string {
  const said = label.toLowerCase().includes(unit.other.toLowerCase());
  return said ? '' : ` ${format.unit(value, unit)}`;
}
