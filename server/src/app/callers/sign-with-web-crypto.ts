import type { Sign } from '../app-options.ts';
import { toHex } from './hex.ts';

const encoder = new TextEncoder();

/** Signs with the platform's Web Crypto. Slower than Node's own HMAC, and what was verified is kept, so it is seldom asked. */
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
