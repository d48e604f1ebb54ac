import type { Eraser } from './eraser.ts';

/** An answer that is kept for replay, in which the member is called by the pseudonym. Its figures and ids of other things stay. */
export function eraseAnswer(eraser: Eraser, body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return eraser.text(body);
  }
  return JSON.stringify(erased(eraser, json));
}

/** Fields that name a member, wherever they stand. */
const memberFields: ReadonlySet<string> = new Set(['memberId']);
/** Fields with words of people, or of others about them. */
const textFields: ReadonlySet<string> = new Set([
  'description',
  'error',
  'failure',
  'label',
  'name',
  'reason',
  'result',
  'title',
  'detail',
]);

function erased(eraser: Eraser, json: unknown): unknown {
  if (Array.isArray(json)) return json.map((item) => erased(eraser, item));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([field, value]) => [field, erasedField(eraser, json, field, value)]),
  );
}

function erasedField(eraser: Eraser, owner: object, field: string, value: unknown): unknown {
  if (typeof value !== 'string') return erased(eraser, value);
  // A member's own view has a role.
  if (memberFields.has(field) || (field === 'id' && 'role' in owner)) return eraser.memberId(value);
  if (field === 'grantId' || field === 'id') return eraser.derivedId(value);
  return textFields.has(field) ? eraser.text(value) : value;
}
