import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

/** The worker as Cloudflare runs it: in workerd, without Node's modules. */
const [url, key] = process.argv.slice(2);
const bundled = await build({
  entryPoints: ['worker.js'],
  bundle: true,
  format: 'esm',
  platform: 'browser',
  write: false,
});
const worker = new Miniflare({
  modules: true,
  script: bundled.outputFiles[0].text,
  bindings: { url, key },
  compatibilityDate: '2026-01-01',
});
const walked = await (await worker.dispatchFetch('http://host.example/walk')).json();
const served = await worker.dispatchFetch('http://host.example/api/usagekit/v1/accounts/worker/usage');
console.log(JSON.stringify({ walked, served: served.status }));
await worker.dispose();
