import { modelPickerMessages } from '../models/model-picker.ts';

/** Texts of a task's drawer. */
export const taskDetailsMessages = {
  result: 'Result',
  error: 'What went wrong',
  noResult: 'Nothing was returned.',
  lineItems: 'What it cost',
  /** Above the trace of its charges. */
  charges: 'How it was charged',
  lineItem: { llm: 'Model', tool: 'Tool', storage: 'Storage', metric: 'Other' },
  /** What a line counts, where the catalog does not name it. */
  units: {
    token: 'tokens',
    request: 'requests',
    call: 'calls',
    ...modelPickerMessages.uses,
  },
  /** The words of `units` where there is one; those that are not here stay as they are. */
  oneUnit: { token: 'token', request: 'request', call: 'call' },
  quantity: 'Quantity',
  amount: 'Amount',
  /** `unit` is empty where the figures bear their currency. */
  total: (unit: string) => (unit ? `Total ${unit}` : 'Total'),
  ownKey: 'own key, not charged',
  workspace: 'Workspace',
  apiKey: 'API key',
  estimate: 'Estimate',
  heldNow: 'Held',
  refunded: 'Given back',
  ended: 'Ended',
  tracesHidden: 'Line items are for those who may see traces.',
  copy: 'Copy ID',
  copied: 'Copied',
};
