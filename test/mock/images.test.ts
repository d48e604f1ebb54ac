import { type ScenarioName, scenarios } from '@usagekit/react/testing';
import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import { runScenario, type Snapshot } from '../../sdk/src/testing/engine/engine.ts';
import { snapshotFromText, snapshotToText } from '../../sdk/src/testing/engine/image-text.ts';
import { usualOptions } from '../../sdk/src/testing/mock/usual-options.ts';
import { createSeededRandom } from '../../sdk/src/testing/platform/seeded-random.ts';
import { planScenario } from '../../sdk/src/testing/scenarios/plan-scenario.ts';

const log = (line: string, cause: unknown) => {
  throw new Error(line, { cause });
};

async function livedThrough(name: ScenarioName): Promise<Snapshot> {
  const { catalog, seed } = usualOptions;
  const nowMs = Date.parse(usualOptions.now);
  const planned = planScenario([scenarios[name]], { catalog, nowMs });
  const random = createSeededRandom(seed);
  return (await runScenario(planned, { random, nowMs, account: {}, log })).snapshot();
}

it.each(Object.keys(scenarios) as ScenarioName[])(
  'F27: %s is the same from its image as lived through',
  async (name) => {
    const { store, ...lived } = await livedThrough(name);
    const { store: copy, ...read } = snapshotFromText(snapshotToText({ store, ...lived }));
    expect(read).toStrictEqual(lived);
    const lacking = { ...store.image().writes, answers: [] };
    expect(unlike(copy.image().writes, lacking)).toEqual([]);
    expect(unlike(copy.image().installation, store.image().installation)).toEqual([]);
  },
);

it.each([
  { what: 'undefined', value: undefined },
  { what: 'a number that JSON has not', value: Number.POSITIVE_INFINITY },
  { what: 'a text that would be read as a bigint', value: '12n' },
])('F27: an image that holds $what is refused when it is written', ({ value }) => {
  const store = createMemoryStore();
  const image = { ...store.image(), installation: { odd: value } };
  const odd = Object.assign(store, { image: () => image });
  expect(() => snapshotToText({ store: odd, nowMs: 0, idsMade: 0, randomState: 0 })).toThrow(
    /An image cannot hold/,
  );
});

/** The names of the parts that differ: to show two images of thousands of rows would help nobody. */
function unlike<Parts extends object>(some: Parts, others: Parts): string[] {
  const text = (part: unknown) =>
    JSON.stringify(part, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  expect(Object.keys(some)).toEqual(Object.keys(others));
  return Object.keys(some).filter(
    (name) => text(some[name as keyof Parts]) !== text(others[name as keyof Parts]),
  );
}
