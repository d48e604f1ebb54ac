/**
 * Keeps the focus on the page. Where the focused element is taken away (a row that was dealt with, a button that has done its
 * work), the list, section or dialog around it takes the focus, so that Tab goes on from there and not from the page's top.
 */
export function keepFocus(): () => void {
  let path: Element[] = [];
  const remember = ({ target }: FocusEvent) => {
    path = [];
    for (let at = target instanceof Element ? target : null; at; at = at.parentElement) path.push(at);
  };
  const restore = () => {
    const [lost] = path;
    const isLost = document.activeElement === document.body || document.activeElement === null;
    if (!isLost || lost === undefined || lost.isConnected) return;
    const left = path.find((at) => at.isConnected && at.matches('.list, section, dialog[open], main'));
    const place = left ?? document.querySelector('#main h1') ?? document.getElementById('main');
    if (!(place instanceof HTMLElement)) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };
  const watching = new MutationObserver(restore);
  watching.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', remember);
  return () => {
    watching.disconnect();
    document.removeEventListener('focusin', remember);
  };
}
