import type { Sign } from '../app-options.ts';
import { toHex } from './hex.ts';

const encoder = new TextEncoder();

/**
 * Signs with the platform's Web Crypto. It is slower than Node's own HMAC, but verified tokens are cached, so it is called
 * seldom.
 */
export const signWithWebCrypto: Sign = async (secret, text) => {
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return toHex(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
};
