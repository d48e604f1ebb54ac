/**
 * Freezes a value with everything in it, so that neither its writer nor a reader can change what is stored. What is
 * frozen already is not walked again: the parts of a state that did not change cost nothing.
 */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
