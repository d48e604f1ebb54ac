import { apiBounds } from '../../contract/api-bounds.ts';

/** The request's body, which is kept no further than the server would take it; undefined where it is larger. */
export async function readBounded({ headers, body }: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(headers.get('content-length')) > apiBounds.bodyBytesMax) return undefined;
  const reader = body?.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    length += part.value.byteLength;
    if (length > apiBounds.bodyBytesMax) {
      void reader?.cancel().catch(() => {});
      return undefined;
    }
    pieces.push(part.value);
  }
  const whole = new Uint8Array(length);
  let from = 0;
  for (const piece of pieces) {
    whole.set(piece, from);
    from += piece.byteLength;
  }
  return whole;
}
