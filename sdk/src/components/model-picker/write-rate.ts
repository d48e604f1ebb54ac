import type { ModelInfo } from '@usagekit/server/contract';
import { signOf } from '../../derive/decimal.ts';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';

/** What a model costs now, by request or by token, or that the plan does not have it. */
export function writeRate(model: ModelInfo, format: Format, messages: Messages['modelPicker']): string {
  const { perRequest, inputPer1000, outputPer1000, unit, available } = model;
  if (!available) return messages.notInPlan;
  if (perRequest !== null) {
    return signOf(perRequest) === 0
      ? messages.free
      : messages.perRequest(format.amount(perRequest, unit).exact);
  }
  if (inputPer1000 === null && outputPer1000 === null) return messages.free;
  return messages.perThousand(
    format.amount(inputPer1000 ?? '0', unit).exact,
    format.amount(outputPer1000 ?? '0', unit).exact,
  );
}
