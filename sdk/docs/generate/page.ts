/** A page of the site before it is built. */
export interface Page {
  /** Its address without the first slash; `components/index` is the page of the folder. */
  path: string;
  /** In the sidebar. */
  title: string;
  /** One sentence, for llms.txt and for who searches. */
  description: string;
  /** MDX. */
  text: string;
}

/** The first sentence of a text. */
export function firstSentence(words: string): string {
  return (/^[\s\S]*?[.](?=\s|$)/.exec(words)?.[0] ?? words).replaceAll(/\s+/g, ' ');
}
