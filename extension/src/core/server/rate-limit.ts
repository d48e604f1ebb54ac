/** One quota as a response's headers tell it. */
export interface RateLimitStanding {
  /** The policy's name; empty where the header has none. */
  name: string;
  /** Units left; null where it is not told. */
  remaining: number | null;
  resetSeconds: number | null;
}

/** A header as the browser's `webRequest` tells it. */
export interface ResponseHeader {
  name: string;
  value?: string | undefined;
}

/** The total length that is read of a header sent in several lines. */
const headerCharactersMax = 4096;
/** Further members of a list are not looked at; a server tells of a handful. */
const membersMax = 32;

/**
 * Reads the quotas of a response: `RateLimit` as the IETF draft has it now, a structured-field list of `"credits";r=0;t=60`
 * (draft-ietf-httpapi-ratelimit-headers-08 and later), the dictionary `limit=10, remaining=0, reset=60` of its earlier form, and
 * the separate `RateLimit-Remaining` and `X-RateLimit-Remaining` before that. Unreadable parts are left out; it never throws.
 */
export function parseRateLimit(headers: readonly ResponseHeader[]): RateLimitStanding[] {
  const values = new Map<string, string>();
  for (const { name, value } of headers) {
    if (value === undefined) continue;
    const key = name.toLowerCase();
    const earlier = values.get(key);
    const joined = earlier === undefined ? value : `${earlier}, ${value}`;
    if (joined.length <= headerCharactersMax) values.set(key, joined);
  }
  const combined = values.get('ratelimit');
  if (combined !== undefined) {
    const standings = parseList(combined);
    if (standings.length > 0) return standings;
  }
  for (const prefix of ['ratelimit', 'x-ratelimit']) {
    const remaining = toCount(values.get(`${prefix}-remaining`));
    if (remaining === null) continue;
    return [{ name: '', remaining, resetSeconds: toCount(values.get(`${prefix}-reset`)) }];
  }
  return [];
}

/**
 * Whether a response is a reason to ask the server: a 402, which says that paying would help, or a 429 with a quota. The quota
 * need not be zero, since the request may have asked for more than the rest. A 429 without a quota is the host's own throttling
 * and is ignored.
 */
export function isOutOfCreditsAnswer(status: number, headers: readonly ResponseHeader[]): boolean {
  if (status === 402) return true;
  return status === 429 && parseRateLimit(headers).length > 0;
}

function parseList(value: string): RateLimitStanding[] {
  const members = splitOutsideQuotes(value, ',').slice(0, membersMax);
  const dictionary = new Map<string, string>();
  const standings: RateLimitStanding[] = [];
  for (const member of members) {
    const [item = '', ...parameters] = splitOutsideQuotes(member, ';').map((part) => part.trim());
    const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(item);
    if (quoted !== null || /^[A-Za-z*][\w.:/*!#$%&'+^`|~-]*$/.test(item)) {
      const named = new Map(parameters.map(splitPair));
      standings.push({
        name: (quoted?.[1] ?? item).replaceAll(/\\(["\\])/g, '$1'),
        remaining: toCount(named.get('r')),
        resetSeconds: toCount(named.get('t')),
      });
      continue;
    }
    const [key, text] = splitPair(item);
    if (text !== '') dictionary.set(key, text);
  }
  if (standings.length > 0) return standings.filter(({ remaining }) => remaining !== null);
  const remaining = toCount(dictionary.get('remaining'));
  return remaining === null ? [] : [{ name: '', remaining, resetSeconds: toCount(dictionary.get('reset')) }];
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair.trim(), ''] : [pair.slice(0, at).trim().toLowerCase(), pair.slice(at + 1).trim()];
}

/** Only plain non-negative integers are counts; the draft allows nothing else. */
function toCount(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text.trim()) : null;
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let part = '';
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\' && isQuoted) {
      part += character + text.charAt(index + 1);
      index += 1;
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    if (character === separator && !isQuoted) {
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  parts.push(part);
  return parts;
}
