import type { PageView } from '../core/prompt/page-view.ts';
import { promptCardCss } from './prompt-card-css.ts';
import { createElement, createSealedHost, keepKeys, openSealedHost, say } from './sealed-host.ts';
import { keepClear, standClear } from './stand-clear.ts';
import { watchCover } from './watch-cover.ts';

export interface PromptCardOptions {
  onAction(): void;
  onNotNow(): void;
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
      const { host, close, card, announce } = buildCard(
        view,
        press(options.onAction),
        press(options.onNotNow),
      );
      openSealedHost(host);
      if (!standClear(card, 'bottom-end')) {
        host.remove();
        return false;
      }
      announce();
      const stopWatching = watchCover(host, card, (isUncovered) => {
        uncoveredAtMs = isUncovered ? (uncoveredAtMs ?? performance.now()) : null;
      });
      const stopMoving = keepClear(card, 'bottom-end');
      stop = () => {
        stopMoving();
        stopWatching();
        close();
      };
      return true;
    },
  };
}

function buildCard(view: PageView, onAction: (event: Event) => void, onNotNow: (event: Event) => void) {
  const { host, root, close } = createSealedHost(promptCardCss);
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

  keepKeys(root, onNotNow);
  return {
    host,
    close,
    card,
    announce: () => {
      status.textContent = view.announcement;
    },
  };
}

function nothing(): void {}
