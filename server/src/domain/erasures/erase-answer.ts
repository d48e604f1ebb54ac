import type { Eraser } from './eraser.ts';

/** An answer that is kept for replay, in which the member is called by the pseudonym. Its figures and ids of other things stay. */
export function eraseAnswer(eraser: Eraser, body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return eraser.text(body);
  }
  return JSON.stringify(erased(eraser, json, ''));
}

/**
 * Fields whose words are the program's or the catalog's, and the host's names for other things than people. Whatever is not named here, also
 * what an answer gets one day, may be the words of people.
 */
const keptFields: ReadonlySet<string> = new Set([
  'action',
  'blocks',
  'categories',
  'category',
  'code',
  'integration',
  'interval',
  'kind',
  'metric',
  'metrics',
  'mode',
  'model',
  'models',
  'outcome',
  'policy',
  'provider',
  'seatType',
  'source',
  'status',
  'tier',
  'timeZone',
  'tool',
  'type',
  'unit',
  'window',
]);

function erased(eraser: Eraser, json: unknown, field: string): unknown {
  if (typeof json === 'string') return erasedText(eraser, json, field);
  if (Array.isArray(json)) return json.map((item) => erased(eraser, item, field));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name,
      // A member's own view has a role.
      name === 'id' && 'role' in json && typeof value === 'string'
        ? eraser.memberId(value)
        : erased(eraser, value, name),
    ]),
  );
}

function erasedText(eraser: Eraser, text: string, field: string): string {
  if (field === 'memberId') return eraser.memberId(text);
  if (field === 'grantId' || field === 'id') return eraser.derivedId(text);
  return keptFields.has(field) || /(Id|At)$/.test(field) ? text : eraser.text(text);
}
