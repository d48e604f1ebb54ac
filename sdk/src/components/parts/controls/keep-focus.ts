/**
 * Gives the focus a place where what had it goes away, such as a button that has done its work: in a dialog the first button at
 * its foot, elsewhere the widget itself, and what stands next to the widget where that goes as a whole. A page calls it once.
 * Moves nothing where the focus went elsewhere, or where the host took away more than the widget.
 */
export function keepFocus(): void {
  let focused: Element | undefined;
  let above: Element[] = [];
  let home: Node | null | undefined;
  const changes = new MutationObserver((records) => {
    if (!focused || focused.isConnected) return;
    const place = above.find((each) => each.isConnected && each.matches('dialog, .uk-root'));
    if (place instanceof HTMLElement) {
      place.tabIndex = -1;
      (place.querySelector<HTMLElement>('.uk-dialog-foot button') ?? place).focus({ preventScroll: true });
    } else if (home?.isConnected) {
      let next = records.find(({ target }) => target === home)?.nextSibling;
      while (next && !(next.isConnected && takeFocus(next))) next = next.nextSibling;
      if (!next) takeFocus(home);
    }
  });
  document.addEventListener('focusin', (event) => {
    changes.disconnect();
    // Within a shadow root the event's own target is its host.
    const [target, ...path] = event.composedPath().filter((each) => each instanceof Element);
    above = path;
    const root = path.filter((each) => each.matches('.uk-root')).at(-1);
    focused = root && target;
    home = root?.parentNode;
    if (root) changes.observe(root, { childList: true, subtree: true });
    if (home) changes.observe(home, { childList: true });
  });
}

/**
 * Focuses the host's element, from which the Tab key then goes on. No control is chosen: a second press of Enter would press it.
 * The element becomes what it was once the focus leaves it. Gives whether it took the focus.
 */
function takeFocus(element: Node): boolean {
  if (!(element instanceof HTMLElement) || element === document.body) return false;
  const tabIndex = element.getAttribute('tabindex');
  const { outline } = element.style;
  const restore = () => {
    element.style.outline = outline;
    if (tabIndex === null) element.removeAttribute('tabindex');
    else element.setAttribute('tabindex', tabIndex);
  };
  element.tabIndex = -1;
  element.style.outline = 'none';
  element.addEventListener('blur', restore, { once: true });
  element.focus({ preventScroll: true });
  const takes = (element.getRootNode() as Document | ShadowRoot).activeElement === element;
  if (!takes) restore();
  return takes;
}
