/**
 * Writes the images of the named scenarios, which the packed mock loads in the place of living through them: for each scenario a
 * module with its text, and a module in the place of `scenario-images.ts` that imports each where it is wanted. The build runs
 * this with the folder to write to.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScenario } from './src/testing/engine/engine.ts';
import { snapshotToText } from './src/testing/engine/image-text.ts';
import { usualOptions } from './src/testing/mock/usual-options.ts';
import { createSeededRandom } from './src/testing/platform/seeded-random.ts';
import { planScenario } from './src/testing/scenarios/plan-scenario.ts';
import { type ScenarioName, scenarios } from './src/testing/scenarios/scenarios.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new RangeError('Which folder the images are written to must be given.');
mkdirSync(join(folder, 'images'), { recursive: true });
const names = Object.keys(scenarios) as ScenarioName[];
for (const name of names) {
  // JSON is full of double quotes, which would be escaped between others of their kind.
  const text = (await textOf(name)).replace(/[\\']/g, '\\$&');
  writeFileSync(join(folder, 'images', `${name}.js`), `export default '${text}';\n`);
}
const imports = names.map((name) => `  ${name}: () => import('../images/${name}.js'),\n`);
mkdirSync(join(folder, 'engine'));
writeFileSync(
  join(folder, 'engine/scenario-images.js'),
  `export const scenarioImages = {\n${imports.join('')}};\n`,
);

async function textOf(name: ScenarioName): Promise<string> {
  const { catalog, seed, now } = usualOptions;
  const nowMs = Date.parse(now);
  const engine = await runScenario(planScenario([scenarios[name]], { catalog, nowMs }), {
    random: createSeededRandom(seed),
    nowMs,
    account: {},
    log(line, error) {
      throw new Error(`${name}: ${line}`, { cause: error });
    },
  });
  return snapshotToText(engine.snapshot());
}
