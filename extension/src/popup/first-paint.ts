import { createChromeStorage } from '../chrome/ports/storage-port.ts';
import { readReaderFormat } from '../chrome/ports/system-port.ts';
import { firstView } from '../core/account/first-view.ts';
import type { ExtensionState } from '../core/rpc/rpc.ts';
import { leaveFirstState, stateKey } from '../pages/first-state.ts';
import { wordsOf } from '../words/words-of.ts';

/*
 * Runs before the popup itself, whose script takes longer to read than a person notices: it paints the last figures from the same
 * state, in the popup's own classes, and has the popup's script read once they are on the screen.
 */

/** Set by the build: the address of the popup's script. */
const next = document.currentScript?.dataset.next ?? '';
const root = document.getElementById('__plasmo');

createChromeStorage()
  .session.get(stateKey)
  .then((state) => paint(state as ExtensionState | undefined))
  .catch(reportError)
  .finally(() => requestAnimationFrame(() => setTimeout(readPopup)));

function paint(state: ExtensionState | undefined): void {
  if (state === undefined || root === null) return;
  leaveFirstState(state);
  const format = readReaderFormat();
  const { language, direction } = wordsOf(format);
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
  const view = firstView(state, format);
  if (view === null) {
    const { title, intro } = wordsOf(format).connect;
    const words = [element('h1', 'popup-account', [title]), element('p', 'muted', [intro])];
    root.append(element('main', 'popup popup-welcome', words));
    return;
  }
  const head = element('header', 'popup-head', [
    element('div', 'popup-names', [
      element('h1', 'popup-account', [view.name]),
      element('p', 'popup-plan small muted', [view.plan]),
    ]),
  ]);
  const balance = view.balance && [
    element('section', 'balance', [
      element('p', 'small muted', [view.balance.label]),
      element('p', 'balance-figure', [
        element('span', 'balance-number', [view.balance.figure]),
        ` ${view.balance.unit}`,
      ]),
    ]),
  ];
  root.append(element('main', 'popup', [head, element('div', 'popup-body', balance ?? [])]));
}

function readPopup(): void {
  const script = document.createElement('script');
  script.src = next;
  // The bundler's page waits for this event, which has passed.
  script.onload = () => document.dispatchEvent(new Event('DOMContentLoaded'));
  document.head.append(script);
}

function element(tag: string, className: string, content: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
}
