/**
 * Gives the focus a place in its widget where what had it goes away, such as a button that has done its work: in a dialog the
 * first button at its foot, elsewhere the widget itself. A page calls it once. Moves nothing where the focus went elsewhere.
 */
export function keepFocus(): void {
  let focused: Element | undefined;
  let above: Element[] = [];
  const changes = new MutationObserver(() => {
    if (!focused || focused.isConnected) return;
    const place = above.find((each) => each.isConnected && each.matches('dialog, .uk-root'));
    if (!(place instanceof HTMLElement)) return;
    place.tabIndex = -1;
    (place.querySelector<HTMLElement>('.uk-dialog-foot button') ?? place).focus({ preventScroll: true });
  });
  document.addEventListener('focusin', (event) => {
    changes.disconnect();
    // Within a shadow root the event's own target is its host.
    const [target, ...path] = event.composedPath().filter((each) => each instanceof Element);
    above = path;
    const root = path.filter((each) => each.matches('.uk-root')).at(-1);
    focused = root && target;
    if (root) changes.observe(root, { childList: true, subtree: true });
  });
}
