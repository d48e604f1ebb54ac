import sheet from './styles.css?inline';

/**
 * The sheet of `styles.css` as a string, for shadow roots and other places that a `<link>` does not reach:
 * `sheet.replaceSync(styles)` on a `CSSStyleSheet` that the root adopts needs no leave from a content security policy.
 */
export const styles: string = sheet;
