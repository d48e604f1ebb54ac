interface SealedHost {
  host: HTMLElement;
  root: ShadowRoot;
  /** Takes it off the page; the focus, if it is in it, goes back to where it was on the page. */
  close(): void;
}

/**
 * Creates what the extension shows on a page: a host that covers the window and takes no click of its own, with a closed shadow root,
 * so that neither the page's styles nor its scripts reach what is in it.
 */
export function createSealedHost(css: string): SealedHost {
  const host = document.createElement('div');
  host.popover = 'manual';
  // Inline and important, since the page's own sheets apply to the host element itself.
  host.style.cssText = hostCss;
  const root = host.attachShadow({ mode: 'closed' });
  const style = new CSSStyleSheet();
  style.replaceSync(css);
  root.adoptedStyleSheets = [style];
  let before: EventTarget | null = null;
  root.addEventListener('focusin', (event) => {
    const from = event instanceof FocusEvent ? event.relatedTarget : null;
    if (from instanceof Node && !root.contains(from)) before = from;
  });
  const close = (): void => {
    const hasFocus = root.activeElement !== null;
    host.remove();
    // Whoever was typing goes on typing.
    if (hasFocus && before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  return { host, root, close };
}

/** Puts the host on the page, above everything that is there. */
export function openSealedHost(host: HTMLElement): void {
  document.documentElement.append(host);
  host.showPopover?.();
}

/**
 * Writes words that the page cannot get at: they are painted by the sheet and named to assistive technology, and no text node holds
 * them. `window.find` and a selection reach the text of a closed shadow root too.
 */
export function say<Shown extends HTMLElement>(element: Shown, words: string): Shown {
  element.dataset.words = words;
  element.ariaLabel = words;
  return element;
}

export function createElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), properties);
}

/** Keeps keys that are meant for what is in the root from the page's shortcuts. */
export function keepKeys(root: ShadowRoot, onEscape: (event: Event) => void): void {
  for (const name of ['keydown', 'keypress', 'keyup'] as const) {
    root.addEventListener(name, (event) => {
      event.stopPropagation();
      if (event instanceof KeyboardEvent && name === 'keydown' && event.key === 'Escape') onEscape(event);
    });
  }
}

const hostCss = [
  'all: initial',
  'display: block',
  'position: fixed',
  'inset: 0',
  'width: auto',
  'height: auto',
  'max-width: none',
  'max-height: none',
  'margin: 0',
  'padding: 0',
  'border: 0',
  'background: none',
  'overflow: visible',
  'opacity: 1',
  'pointer-events: none',
  'z-index: 2147483647',
]
  .map((rule) => `${rule} !important`)
  .join('; ');
