import type { ChipView } from '../core/sites/chip-view.ts';
import { quotaChipCss } from './quota-chip-css.ts';
import { createElement, createSealedHost, keepKeys, openSealedHost, say } from './sealed-host.ts';
import { keepClear, standClear } from './stand-clear.ts';

export interface QuotaChip {
  /** Shows the line, or changes its text where it stands. */
  show(view: ChipView): void;
  remove(): void;
}

/** A window narrower than this has no room for the chip next to a card. */
const wideMin = 640;

/**
 * One line on the page: what is left, in the badge's own words. Its box is of one size whatever it says, and it stands whether things
 * are well or not, so that a page learns nothing by measuring it or by its coming and going.
 * @param onPutAway called when a person puts it away.
 */
export function createQuotaChip(onPutAway: () => void): QuotaChip {
  let stop: () => void = () => undefined;
  let write: ((view: ChipView) => void) | null = null;

  const remove = (): void => {
    stop();
    write = null;
  };

  const open = (): ((view: ChipView) => void) => {
    const { host, root, close: closeHost } = createSealedHost(quotaChipCss);
    const putAway = (event: Event): void => {
      if (!event.isTrusted) return;
      remove();
      onPutAway();
    };
    const dot = createElement('span', { className: 'dot' });
    const words = createElement('span', { className: 'words' });
    const close = createElement('button', { type: 'button', onclick: putAway });
    const chip = createElement('div', { className: 'chip' });
    chip.setAttribute('role', 'group');
    chip.append(dot, words, close);
    root.append(chip);
    keepKeys(root, putAway);
    openSealedHost(host);
    const preferred = window.innerWidth < wideMin ? 'top-start' : 'bottom-start';
    const stopMoving = keepClear(chip, preferred);
    stop = () => {
      stopMoving();
      closeHost();
      stop = () => undefined;
    };
    return (view) => {
      chip.lang = view.language;
      chip.dir = view.direction;
      chip.ariaLabel = view.words;
      chip.ariaDescription = view.source;
      words.dataset.words = view.words;
      dot.style.background = view.color;
      say(close, view.putAwayLabel);
      standClear(chip, preferred);
    };
  };

  return {
    remove,
    show(view) {
      write ??= open();
      write(view);
    },
  };
}
