import type { modelCostMessages } from './model-cost.ts';
import type { modelPickerMessages } from './model-picker.ts';
import type { ownKeysMessages } from './own-keys.ts';

/** The texts of the room, by component. */
export interface ModelsTexts {
  modelCost: typeof modelCostMessages;
  modelPicker: typeof modelPickerMessages;
  ownKeys: typeof ownKeysMessages;
}
