import { type Corner, chooseCorner } from '../core/prompt/prompt-place.ts';
import { boxOfTypedIn } from './typed-in.ts';

/**
 * Puts an element into the corner that it prefers, or into another where it would cover what is typed in.
 * @returns false where no corner is free; its sheet hides it there.
 */
export function standClear(element: HTMLElement, preferred: Corner): boolean {
  const viewport = { width: window.innerWidth, height: window.innerHeight };
  const { width, height } = element.getBoundingClientRect();
  // An element stands by the direction of its own words.
  const isRightToLeft = element.dir === 'rtl';
  const corner = chooseCorner(viewport, { width, height }, boxOfTypedIn(), isRightToLeft, preferred);
  element.dataset.corner = corner ?? 'none';
  return corner !== null;
}

/**
 * Places the element again whenever the focus goes elsewhere or the window changes.
 * @returns stops doing so.
 */
export function keepClear(element: HTMLElement, preferred: Corner): () => void {
  // A frame that takes the focus is told of by the window's own `blur` alone.
  const events = ['focusin', 'focusout', 'blur', 'focus', 'resize'] as const;
  // After the event, when the focus has arrived where it goes.
  const onEvent = (): void => void requestAnimationFrame(() => standClear(element, preferred));
  for (const name of events) window.addEventListener(name, onEvent, true);
  return () => {
    for (const name of events) window.removeEventListener(name, onEvent, true);
  };
}
