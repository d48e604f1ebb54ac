import type { LineItemKind, ModelRequestUse } from '../../contract/gate/gate.ts';
import type { ChargeLine, Count } from '../../domain/usage/state.ts';
import type { Absent } from './dimensions-codec.ts';
import { amountFromJson, amountToJson, type JsonAmount } from './json-amount.ts';

export type JsonLine = [
  kind: LineItemKind,
  ref: string,
  tier: string | Absent,
  provider: string | Absent,
  integration: string | Absent,
  quantity: JsonAmount,
  unit: string,
  amount: JsonAmount,
  rate: string,
  ownKey: 1 | Absent,
  rest: JsonAmount,
  stated: ModelRequestUse | Absent,
];

export function linesToJson(lines: readonly ChargeLine[]): JsonLine[] {
  return lines.map((line) => [
    line.kind,
    line.ref,
    line.tier ?? 0,
    line.provider ?? 0,
    line.integration ?? 0,
    amountToJson(line.quantity),
    line.unit,
    amountToJson(line.amount),
    line.rate,
    line.ownKey === true ? 1 : 0,
    amountToJson(line.rest ?? 0n),
    line.stated ?? 0,
  ]);
}

export function linesFromJson(json: readonly JsonLine[]): ChargeLine[] {
  return json.map(
    ([
      kind,
      ref,
      tier,
      provider,
      integration,
      quantity,
      unit,
      amount,
      rate,
      ownKey,
      rest,
      stated,
    ]): ChargeLine => {
      const line: { -readonly [Key in keyof ChargeLine]: ChargeLine[Key] } = {
        kind,
        ref,
        quantity: amountFromJson(quantity),
        unit,
        amount: amountFromJson(amount),
        rate,
      };
      if (tier !== 0) line.tier = tier;
      if (provider !== 0) line.provider = provider;
      if (integration !== 0) line.integration = integration;
      if (ownKey === 1) line.ownKey = true;
      if (rest !== 0) line.rest = amountFromJson(rest);
      if (stated !== 0) line.stated = stated;
      return line;
    },
  );
}

export type JsonCount = [
  metric: string,
  quantity: JsonAmount,
  model: string | Absent,
  tier: string | Absent,
  tool: string | Absent,
];

export function countsToJson(counts: readonly Count[]): JsonCount[] {
  return counts.map((count) => [
    count.metric,
    amountToJson(count.quantity),
    count.model ?? 0,
    count.tier ?? 0,
    count.tool ?? 0,
  ]);
}

export function countsFromJson(json: readonly JsonCount[]): Count[] {
  return json.map(([metric, quantity, model, tier, tool]): Count => {
    const count: { -readonly [Key in keyof Count]: Count[Key] } = {
      metric,
      quantity: amountFromJson(quantity),
    };
    if (model !== 0) count.model = model;
    if (tier !== 0) count.tier = tier;
    if (tool !== 0) count.tool = tool;
    return count;
  });
}
