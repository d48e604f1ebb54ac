import { defineConfig } from 'vitest/config';

const project = (name, include) => ({
  test: { name, include, environment: name, setupFiles: ['@usagekit/react/testing/vitest'] },
});

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    projects: [
      project('node', ['backend.test.js']),
      project('jsdom', ['component.test.jsx', 'recipes/*.test.jsx']),
      project('happy-dom', ['component.test.jsx']),
    ],
  },
});
