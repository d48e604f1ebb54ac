import type { PageView } from '../core/page-view.ts';
import { choosePromptCorner } from '../core/prompt-place.ts';
import { promptCardCss } from './prompt-card-css.ts';

export interface PromptCardOptions {
  onAction(): void;
  onNotNow(): void;
  /** The box of what is being typed in. */
  typedIn(): DOMRect | null;
}

export interface PromptCard {
  /** Shows the card as soon as it covers nothing that is being typed in. */
  show(view: PageView): void;
  remove(): void;
}

/** A click sooner than this after the card appeared was meant for what was there before. */
const clickableAfterMs = 500;

/**
 * The card that says that work is paused. It stands in a closed shadow root in the top layer, so that the page's
 * styles do not reach it, takes no focus, and is announced once, politely.
 */
export function createPromptCard(options: PromptCardOptions): PromptCard {
  let host: HTMLElement | null = null;
  let stopWaiting: () => void = nothing;

  const remove = (): void => {
    stopWaiting();
    host?.remove();
    host = null;
  };

  const place = (card: HTMLElement): boolean => {
    const viewport = { width: window.innerWidth, height: window.innerHeight };
    const isRightToLeft = getComputedStyle(document.documentElement).direction === 'rtl';
    const { width, height } = card.getBoundingClientRect();
    const corner = choosePromptCorner(viewport, { width, height }, options.typedIn(), isRightToLeft);
    card.dataset.corner = corner ?? 'none';
    return corner !== null;
  };

  return {
    remove,
    show(view) {
      remove();
      const appearsAtMs = { value: Number.POSITIVE_INFINITY };
      const press = (run: () => void) => (event: Event) => {
        // Only a person's own click, on a card that was there to be read.
        if (!event.isTrusted || performance.now() - appearsAtMs.value < clickableAfterMs) return;
        remove();
        run();
      };
      const built = buildCard(view, press(options.onAction), press(options.onNotNow));
      host = built.host;
      document.documentElement.append(host);
      host.showPopover?.();

      const appear = (): void => {
        if (!place(built.card) || appearsAtMs.value !== Number.POSITIVE_INFINITY) return;
        appearsAtMs.value = performance.now();
        built.announce();
      };
      const events = ['focusin', 'focusout', 'resize'] as const;
      // After the event, when the focus has arrived where it goes.
      const onEvent = (): void => void requestAnimationFrame(appear);
      for (const name of events) window.addEventListener(name, onEvent, true);
      stopWaiting = () => {
        for (const name of events) window.removeEventListener(name, onEvent, true);
        stopWaiting = nothing;
      };
      appear();
    },
  };
}

function buildCard(view: PageView, onAction: (event: Event) => void, onNotNow: (event: Event) => void) {
  const host = document.createElement('div');
  host.popover = 'manual';
  // Inline and important, since the page's own sheets apply to the host element itself.
  host.style.cssText = hostCss;
  const root = host.attachShadow({ mode: 'closed' });
  const style = new CSSStyleSheet();
  style.replaceSync(promptCardCss);
  root.adoptedStyleSheets = [style];

  const title = say(createElement('h2', {}), view.title);
  const body = say(createElement('p', { className: 'body' }), view.body);
  const notNow = say(createElement('button', { type: 'button', onclick: onNotNow }), 'Not now');
  const buttons = createElement('div', { className: 'buttons' });
  buttons.append(notNow);
  if (view.actionLabel !== null) {
    notNow.className = 'quiet';
    buttons.append(
      say(
        createElement('button', { type: 'button', className: 'primary', onclick: onAction }),
        view.actionLabel,
      ),
    );
  }
  const source = createElement('p', { className: 'source', textContent: 'UsageKit extension' });
  const card = createElement('div', { className: 'card' });
  card.setAttribute('role', 'dialog');
  card.setAttribute('aria-modal', 'false');
  card.setAttribute('aria-label', view.title);
  card.setAttribute('aria-description', view.body);
  card.dataset.corner = 'none';
  card.append(source, title, body, buttons);

  const status = createElement('p', { className: 'status' });
  status.setAttribute('role', 'status');
  root.append(card, status);

  for (const name of ['keydown', 'keypress', 'keyup'] as const) {
    root.addEventListener(name, (event) => {
      // A page's shortcuts must not fire on keys that are meant for the card.
      event.stopPropagation();
      if (event instanceof KeyboardEvent && name === 'keydown' && event.key === 'Escape') onNotNow(event);
    });
  }
  return {
    host,
    card,
    announce: () => {
      status.textContent = 'The UsageKit extension shows a card.';
    },
  };
}

/**
 * Writes words that the page cannot get at: they are painted by the card's sheet and named to assistive technology, and
 * no text node holds them. `window.find` and a selection reach the text of a closed shadow root too.
 */
function say<Shown extends HTMLElement>(element: Shown, words: string): Shown {
  element.dataset.words = words;
  element.ariaLabel = words;
  return element;
}

function createElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), properties);
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

function nothing(): void {}
