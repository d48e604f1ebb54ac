import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Builds the operator's console, which the server serves as files under this address. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1_000,
    // The page's policy lets nothing through that stands in the page itself.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The licences of bundled packages must accompany every copy.
    license: { fileName: 'THIRD-PARTY-LICENSES.md' },
  },
});
