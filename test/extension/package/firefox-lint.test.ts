// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import linter from 'addons-linter';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildMsMax } from '../../../extension/pack/build-for.ts';
import { buildExtension } from '../../../extension/test-support/build-extension.ts';

let folder: string;
beforeAll(() => {
  folder = buildExtension('firefox');
}, buildMsMax);

/** What Firefox's store runs on every add-on that is sent to it; `web-ext lint` is the same. */
const lint = () =>
  linter
    .createInstance({
      config: { _: [folder], logLevel: 'fatal', output: 'none', stack: false, selfHosted: false },
      runAsBinary: false,
    })
    .run();

/**
 * React's own way to set `innerHTML`, which no component of ours uses (`react-dom`, `setInnerHTML`). It is in every bundle
 * of React, and the store's reviewers know it.
 */
const isOfReact = ({ code, file = '' }: { code: string; file?: string }) =>
  code === 'UNSAFE_VAR_ASSIGNMENT' && /^(popup|options|sidepanel)\./.test(file);

describe('the build for Firefox', () => {
  it('F26: has nothing that Firefox’s own linter finds, but React’s innerHTML', async () => {
    const { errors, warnings } = await lint();
    expect(errors).toEqual([]);
    expect(
      warnings.filter((warning) => !isOfReact(warning)).map(({ code, message }) => [code, message]),
    ).toEqual([]);
    for (const file of warnings.map((warning) => warning.file))
      expect(file).toMatch(/^(popup|options|sidepanel)\./);
  }, 120_000);

  it('F26: has an id, says that it collects nothing, and runs its background as an event page', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest.background).toEqual({ scripts: ['static/background/index.js'] });
    expect(manifest.browser_specific_settings.gecko).toMatchObject({
      id: 'usagekit@usagekit.dev',
      data_collection_permissions: { required: ['none'] },
    });
    expect(manifest.host_permissions).toEqual([]);
    // At install there is no history to show.
    expect(manifest.sidebar_action).toMatchObject({ open_at_install: false });
  });
});
