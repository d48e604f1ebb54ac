import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface ServeFolderOptions {
  /** The only other origin that pages may reach. */
  connectTo: string;
  /** What the page at an address comes with, as JSON in its element `#sent`. */
  send(path: string): Promise<unknown>;
}

/** Serves a built app, compressed: its files, and `index.html` for every address without a file name. */
export function serveFolder(folder: string, { connectTo, send }: ServeFolderOptions) {
  return async function serve(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname;
    const name = normalize(decodeURIComponent(path));
    const isPage = extname(name) === '';
    const file = isPage ? 'index.html' : name;
    const content = await readFile(join(folder, file)).catch(() => undefined);
    if (!content) return new Response('Not found', { status: 404 });
    const body = isPage ? withSent(content.toString(), await send(path)) : content;
    const takesGzip = /\bgzip\b/.test(request.headers.get('Accept-Encoding') ?? '');
    return new Response(
      takesGzip ? new Uint8Array(await compress(body)) : new Uint8Array(Buffer.from(body)),
      {
        headers: {
          'Content-Type': contentTypes[extname(file)] ?? 'application/octet-stream',
          ...(takesGzip && { 'Content-Encoding': 'gzip' }),
          Vary: 'Accept-Encoding',
          'Cache-Control': isPage ? 'no-store' : 'public, max-age=31536000, immutable',
          'Content-Security-Policy': `default-src 'self'; connect-src 'self' ${connectTo}; img-src 'self' data:; frame-ancestors 'none'`,
        },
      },
    );
  };
}

function withSent(html: string, sent: unknown): string {
  const json = JSON.stringify(sent).replaceAll('<', '\\u003c');
  // By a function, since a replacement text would read the `$` of an amount as its own.
  return html.replace('</body>', () => `<script type="application/json" id="sent">${json}</script></body>`);
}
