import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Serves a built app: its files, and `index.html` for every address without a file name. */
export function serveFolder(folder: string, { connectTo }: { connectTo: string }) {
  return async function serve(path: string): Promise<Response> {
    const name = normalize(decodeURIComponent(path));
    const file = extname(name) === '' ? 'index.html' : name;
    const content = await readFile(join(folder, file)).catch(() => undefined);
    if (!content) return new Response('Not found', { status: 404 });
    return new Response(content, {
      headers: {
        'Content-Type': contentTypes[extname(file)] ?? 'application/octet-stream',
        'Cache-Control': file === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
        // All that the widgets need beside the page's own origin is the UsageKit server.
        'Content-Security-Policy': `default-src 'self'; connect-src 'self' ${connectTo}; img-src 'self' data:; frame-ancestors 'none'`,
      },
    });
  };
}
