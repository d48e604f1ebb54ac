type Parts = Record<string, unknown>;

/**
 * The newer of two answers of one kind, with every part that says the same taken from the older one, so that who compares by
 * identity draws only what has changed.
 */
export function shareEqual<Value>(before: unknown, now: Value): Value {
  if (!hasParts(before) || !hasParts(now)) return now;
  const shared: Parts = Array.isArray(now) ? ([] as unknown as Parts) : {};
  let isSame = Object.keys(before).length === Object.keys(now).length;
  for (const name in now) {
    shared[name] = shareEqual(before[name], now[name]);
    isSame &&= shared[name] === before[name];
  }
  return (isSame ? before : shared) as Value;
}

const hasParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null;
