import { createHmac } from 'node:crypto';
import type { Sign } from '../../app/app-options.ts';

/** HMAC-SHA-256 of Node's own, fifteen times as fast as Web Crypto's. */
export const signWithNode: Sign = (secret, text) => createHmac('sha256', secret).update(text).digest('hex');
