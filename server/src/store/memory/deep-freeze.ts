/**
 * Freezes a value and everything in it, so that neither its writer nor a reader can change stored data. Frozen parts are not
 * walked again: the unchanged parts of a state cost nothing.
 */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
