/**
 * The marker that the kit's widgets put into a page when credits are out. Any product may put it on its own paywall to keep this
 * extension quiet.
 */
const ownPromptSelector = '[data-widget="out-of-credits"], [data-usagekit-prompt]';

/** The product's own words about being out of credits, where they are on screen. */
export function findOwnPrompt(root: ParentNode): Element | null {
  return [...root.querySelectorAll(ownPromptSelector)].find(isShown) ?? null;
}

function isShown(element: Element): boolean {
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}
