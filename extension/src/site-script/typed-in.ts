import { isEditable } from './is-editable.ts';

/**
 * The box of the focused field in the window, including fields in open shadow roots. For a focused frame it is the whole frame,
 * whose content is invisible from outside.
 */
export function boxOfTypedIn(root: Document = document): DOMRect | null {
  let active: Element | null = root.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  if (active === null || active === root.body) return null;
  const isFrame = active instanceof HTMLIFrameElement || active instanceof HTMLObjectElement;
  // A custom element keeps a closed root to itself; what has the focus in it may be typed in.
  const isClosed = active.localName.includes('-') && active.shadowRoot === null;
  return isFrame || isClosed || isEditable(active) ? active.getBoundingClientRect() : null;
}
