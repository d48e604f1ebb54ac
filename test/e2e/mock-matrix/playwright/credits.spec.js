const { test: base, expect: baseExpect } = require('@playwright/test');
const { usageKitFixtures, usageKitMatchers } = require('@usagekit/react/testing/playwright');

const test = base.extend(
  usageKitFixtures({ baseUrl: 'https://usage.test', scenario: 'nearLimit', as: 'owner' }),
);
const expect = baseExpect.extend(usageKitMatchers);

/** A page of a host's, with what its client does: it reads figures, and reads them again when the stream tells a change. */
const page = `<!doctype html><output></output><script>
  const base = 'https://usage.test/v1/accounts/acme';
  async function show() {
    const { available } = await (await fetch(base + '/credits')).json();
    document.querySelector('output').textContent = available + ' credits';
  }
  show();
  fetch(base + '/stream', { headers: { Accept: 'text/event-stream' } }).then(async ({ body }) => {
    for await (const piece of body) if (new TextDecoder().decode(piece).includes('change')) show();
  });
</script>`;

test('shows figures, and each change as it happens', async ({ page: tab, usageKit }) => {
  await tab.route('https://app.test/**', (route) => route.fulfill({ contentType: 'text/html', body: page }));
  await tab.goto('https://app.test/');
  await expect(tab.locator('output')).toHaveText('80 credits');
  await expect.poll(() => usageKit.openStreams()).toBe(1);
  await usageKit.account().spend(30);
  await expect(tab.locator('output')).toHaveText('50 credits');
  await expect(usageKit).toHaveAvailable(50);
  await tab.goto('about:blank');
  await expect.poll(() => usageKit.openStreams()).toBe(0);
});
