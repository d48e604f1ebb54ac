const { defineConfig } = require('@playwright/test');

module.exports = defineConfig({
  testMatch: '*.spec.js',
  reporter: 'line',
  expect: { timeout: 20_000 },
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox', '--disable-gpu'] },
  },
});
