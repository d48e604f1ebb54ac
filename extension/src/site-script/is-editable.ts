const textless = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'hidden',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

/** Whether text is typed into the element. */
export function isEditable(element: Element | null): element is HTMLElement {
  if (element instanceof HTMLInputElement) return !element.readOnly && !textless.has(element.type);
  if (element instanceof HTMLTextAreaElement) return !element.readOnly;
  return element instanceof HTMLElement && element.isContentEditable;
}
