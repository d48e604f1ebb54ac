/** Where in a text something stands, both counted from 1; a column counts UTF-16 units, as editors do. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

const space = /[ \t\n\r]*/y;
const plain = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a string of JSON may hold none of them
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const stringStart = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y;

/**
 * Where a text stops to be JSON: the first character that cannot stand there, or the end of a text that is cut off. The platform's own
 * error tells it for some faults only. Undefined for JSON.
 */
export function jsonFault(text: string): TextPlace | undefined {
  const at = new JsonScan(text).faultAt();
  if (at === undefined) return undefined;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

class JsonScan {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  faultAt(): number | undefined {
    if (!this.#value()) return this.#at;
    this.#take(space);
    return this.#at === this.#text.length ? undefined : this.#at;
  }

  /** Each step says whether it found what it looks for, and otherwise stands where that should be. */
  #value(): boolean {
    this.#take(space);
    switch (this.#text[this.#at]) {
      case '{':
        return this.#list('}', () => this.#string() && this.#sign(':') && this.#value());
      case '[':
        return this.#list(']', () => this.#value());
      case '"':
        return this.#string();
      default:
        return this.#take(plain);
    }
  }

  #list(end: string, item: () => boolean): boolean {
    this.#at += 1;
    if (this.#sign(end)) return true;
    do if (!item()) return false;
    while (this.#sign(','));
    return this.#sign(end);
  }

  #string(): boolean {
    this.#take(space);
    if (this.#take(string)) return true;
    this.#take(stringStart);
    return false;
  }

  #sign(sign: string): boolean {
    this.#take(space);
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }
}
