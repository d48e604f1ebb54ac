import type { PageView } from '../core/page-view.ts';
import { choosePromptCorner } from '../core/prompt-place.ts';
import { promptCardCss } from './prompt-card-css.ts';
import { watchCover } from './watch-cover.ts';

export interface PromptCardOptions {
  onAction(): void;
  onNotNow(): void;
  /** The box of the focused field. */
  typedIn(): DOMRect | null;
}

export interface PromptCard {
  /**
   * Shows the card where it covers nothing that is being typed in.
   * @returns false, with nothing shown, where there is no such place or the page is behind a modal dialog of its own.
   */
  show(view: PageView): boolean;
  remove(): void;
}

/** A click sooner than this after the card appeared was meant for the content below it. */
const clickableAfterMs = 500;

/**
 * The card that says that work is paused. It stands in a closed shadow root in the top layer, so that the page's
 * styles do not reach it, takes no focus, is announced once, politely, and takes no click while anything covers it.
 */
export function createPromptCard(options: PromptCardOptions): PromptCard {
  let stop: () => void = nothing;

  const place = (card: HTMLElement): boolean => {
    const viewport = { width: window.innerWidth, height: window.innerHeight };
    // The card stands by the direction of its own words.
    const isRightToLeft = card.dir === 'rtl';
    const { width, height } = card.getBoundingClientRect();
    const corner = choosePromptCorner(viewport, { width, height }, options.typedIn(), isRightToLeft);
    card.dataset.corner = corner ?? 'none';
    return corner !== null;
  };

  const remove = (): void => {
    stop();
    stop = nothing;
  };

  return {
    remove,
    show(view) {
      remove();
      // All that is outside of it is inert: the card would be seen and could not be put away.
      if (document.querySelector('dialog:modal') !== null) return false;
      let uncoveredAtMs: number | null = null;
      const press = (run: () => void) => (event: Event) => {
        const seenForMs = uncoveredAtMs === null ? 0 : performance.now() - uncoveredAtMs;
        // Only a person's own click, on a card that was there to be read and that nothing lies on.
        if (!event.isTrusted || seenForMs < clickableAfterMs) return;
        remove();
        run();
      };
      const { host, card, announce } = buildCard(view, press(options.onAction), press(options.onNotNow));
      document.documentElement.append(host);
      host.showPopover?.();
      if (!place(card)) {
        host.remove();
        return false;
      }
      announce();
      const stopWatching = watchCover(host, card, (isUncovered) => {
        uncoveredAtMs = isUncovered ? (uncoveredAtMs ?? performance.now()) : null;
      });
      // A frame that takes the focus is told of by the window's own `blur` alone.
      const events = ['focusin', 'focusout', 'blur', 'focus', 'resize'] as const;
      // After the event, when the focus has arrived where it goes.
      const onEvent = (): void => void requestAnimationFrame(() => place(card));
      for (const name of events) window.addEventListener(name, onEvent, true);
      stop = () => {
        for (const name of events) window.removeEventListener(name, onEvent, true);
        stopWatching();
        host.remove();
      };
      return true;
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
  const notNow = say(createElement('button', { type: 'button', onclick: onNotNow }), view.notNowLabel);
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
  const source = createElement('p', { className: 'source', textContent: view.source });
  const card = createElement('div', { className: 'card', lang: view.language, dir: view.direction });
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
      status.textContent = view.announcement;
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
