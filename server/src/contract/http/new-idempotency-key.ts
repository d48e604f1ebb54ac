/**
 * A key under which one change is made at most once, as a UUIDv7 (RFC 9562): time-ordered, so that the server's index
 * of kept answers grows at one end. Make one when the user decides, and keep it over every retry of that decision.
 */
export function newIdempotencyKey(nowMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = new DataView(bytes.buffer);
  time.setUint16(0, Math.floor(nowMs / 2 ** 32));
  time.setUint32(2, nowMs % 2 ** 32);
  time.setUint8(6, (time.getUint8(6) & 0x0f) | 0x70);
  time.setUint8(8, (time.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
