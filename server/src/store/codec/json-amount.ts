/**
 * An amount as it stands in stored JSON: a number where a double holds it exactly (faster to write and read), a
 * decimal string beyond.
 */
export type JsonAmount = number | string;

const safeMax = BigInt(Number.MAX_SAFE_INTEGER);

export function amountToJson(amount: bigint): JsonAmount {
  return amount <= safeMax && amount >= -safeMax ? Number(amount) : amount.toString();
}

export function amountFromJson(json: JsonAmount): bigint {
  return BigInt(json);
}

type JsonAmounts = [key: string, amount: JsonAmount][];

export function amountsToJson(amounts: Readonly<Record<string, bigint>>): JsonAmounts {
  const pairs: JsonAmounts = [];
  for (const key in amounts) {
    const amount = amounts[key];
    if (amount !== undefined) pairs.push([key, amountToJson(amount)]);
  }
  return pairs;
}

export function amountsFromJson(pairs: JsonAmounts): Record<string, bigint> {
  return recordOf(pairs, amountFromJson);
}

/** A record of pairs. A key such as `__proto__`, which a host may well choose, becomes an own key like any other. */
export function recordOf<Json, Value>(
  pairs: readonly (readonly [key: string, json: Json])[],
  fromJson: (json: Json) => Value,
): Record<string, Value> {
  const record: Record<string, Value> = {};
  for (const [key, json] of pairs) {
    if (key === '__proto__') {
      Object.defineProperty(record, key, {
        value: fromJson(json),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    } else {
      record[key] = fromJson(json);
    }
  }
  return record;
}
