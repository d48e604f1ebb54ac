import { buildExtension } from './start/build-extension.ts';
import { readSettings } from './start/settings.ts';
import { startDemo } from './start/start-demo.ts';

const settings = readSettings(process.env);
const demo = await startDemo(settings, (line) => console.log(line)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

console.log(`
  Fieldnote, the demo product   ${demo.appUrl}
  UsageKit server               ${demo.serverUrl}
  Operator's console            ${demo.console.url}
    sign in with                ${demo.console.secretKey}

  The extension
    1. Open chrome://extensions and switch on Developer mode.
    2. Load unpacked: ${settings.extensionFolder}
    3. Open its options, and connect it with
         server  ${demo.serverUrl}
         token   ${demo.extensionToken}

  Ctrl+C stops everything. The data stays in ${settings.dataFolder}
`);

const extensionBuild = settings.buildsExtension
  ? buildExtension(settings, (line) => console.log(line))
  : undefined;

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  extensionBuild?.stop();
  await demo.close();
  process.exit(0);
}
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());
