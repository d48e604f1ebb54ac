import type { additionalUseMessages } from './additional-use.ts';
import type { alertEditorMessages } from './alert-editor.ts';
import type { limitEditorMessages } from './limit-editor.ts';

/** The texts of the room, by component. */
export interface LimitsTexts {
  limitEditor: typeof limitEditorMessages;
  alertEditor: typeof alertEditorMessages;
  additionalUse: typeof additionalUseMessages;
}
