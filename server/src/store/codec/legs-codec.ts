import type { GrantLeg } from '../../domain/credits/state.ts';
import { amountFromJson, amountToJson, type JsonAmount } from './json-amount.ts';

export type JsonLegs = [grantId: string, amount: JsonAmount][];

export function legsToJson(legs: readonly GrantLeg[]): JsonLegs {
  return legs.map(({ grantId, amount }) => [grantId, amountToJson(amount)]);
}

export function legsFromJson(json: JsonLegs): GrantLeg[] {
  return json.map(([grantId, amount]) => ({ grantId, amount: amountFromJson(amount) }));
}
