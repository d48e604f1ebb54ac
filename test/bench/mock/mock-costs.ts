import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PublishedPackage, publishPackage } from '../../types/published-package.ts';
import type { Measurement } from '../bench.ts';

const processes = 7;

/** The usual scenarios, and the longest ones. */
const usual = ['healthy', 'nearLimit', 'outOfCredits', 'lowCredits', 'hardCap', 'pastDue'];
const long = ['sixMonths', 'manyTasks'];

/** What the thread works, in milliseconds: nothing here waits for anything else, and other processes do not count. */
const tools = `
  const worked = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  async function timed(run) {
    const before = worked();
    await run();
    return worked() - before;
  }
  async function answered(mock) {
    const { token } = await mock.tokenFor();
    const response = await mock.fetch('/v1/accounts/acme/credits', { headers: { Authorization: 'Bearer ' + token } });
    if (response.status !== 200) throw new Error('The mock answered with ' + response.status);
    await response.json();
  }
  const end = (figures) => process.send(figures, () => process.exit());
`;

/** A test file's first answer, from the import on, in a process of its own: of the mock, and of a handler written by hand. */
export async function measureFirstScenario(): Promise<Measurement> {
  const onMock = `
    const before = worked();
    const { createUsageKitMock } = await import('@usagekit/react/testing');
    const imported = worked();
    await answered(createUsageKitMock());
    end({ load: imported - before, scenario: worked() - imported });
  `;
  const byHand = `
    const before = worked();
    const { http, HttpResponse } = await import('msw');
    const { setupServer } = await import('msw/node');
    setupServer(http.get('https://usage.test/credits', () => HttpResponse.json({ available: '380' }))).listen();
    await (await fetch('https://usage.test/credits')).json();
    end({ all: worked() - before });
  `;
  return withKit(async (kit) => {
    const mock: { load: number; scenario: number }[] = [];
    const hand: { all: number }[] = [];
    for (let round = 0; round < processes; round += 1) {
      mock.push(await inFreshProcess(kit, onMock));
      hand.push(await inFreshProcess(kit, byHand));
    }
    const scenario = median(mock.map((each) => each.scenario));
    return {
      ratio: 100 / scenario,
      figures: {
        'milliseconds from the first mock to its first answer, median': scenario,
        'milliseconds to load the package before it, median': median(mock.map(({ load }) => load)),
        'milliseconds to load MSW and get the first answer of a handler, median': median(
          hand.map(({ all }) => all),
        ),
      },
    };
  });
}

/** Each further mock of a process, of a scenario that was not set up before in it and of one that was. */
export async function measureLaterScenarios(): Promise<Measurement> {
  const script = `
    const { createUsageKitMock } = await import('@usagekit/react/testing');
    await answered(createUsageKitMock({ scenario: 'taskRunning' }));
    const [another, again] = [[], []];
    for (const scenario of ${JSON.stringify(usual)}) {
      another.push(await timed(() => answered(createUsageKitMock({ scenario }))));
      for (let run = 0; run < 20; run += 1)
        again.push(await timed(() => answered(createUsageKitMock({ scenario }))));
    }
    end({ another, again });
  `;
  return withKit(async (kit) => {
    const { another, again } = await inFreshProcess<{ another: number[]; again: number[] }>(kit, script);
    return {
      ratio: 20 / mean(another),
      figures: {
        'milliseconds to the first answer of another scenario, mean': mean(another),
        'milliseconds to the first answer of a scenario that was set up before, mean': mean(again),
      },
    };
  });
}

export async function measureReset(): Promise<Measurement> {
  const script = `
    const { createUsageKitMock } = await import('@usagekit/react/testing');
    const resets = [];
    for (const scenario of ${JSON.stringify([...usual, ...long])}) {
      const mock = createUsageKitMock({ scenario });
      await answered(mock);
      for (let run = 0; run < 50; run += 1) {
        await mock.account().grant(5);
        resets.push(await timed(() => mock.reset()));
      }
    }
    end(resets);
  `;
  return withKit(async (kit) => {
    const resets = await inFreshProcess<number[]>(kit, script);
    const sorted = [...resets].sort((a, b) => a - b);
    return {
      ratio: 5 / mean(resets),
      figures: {
        'milliseconds, mean': mean(resets),
        'milliseconds, 95th percentile': sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
      },
    };
  });
}

/** The kit as it is packed, in a host's folder. */
async function withKit(measure: (kit: PublishedPackage) => Promise<Measurement>): Promise<Measurement> {
  const kit = publishPackage('sdk', []);
  try {
    return await measure(kit);
  } finally {
    kit.remove();
  }
}

function inFreshProcess<Figures>({ hostFolder }: PublishedPackage, script: string): Promise<Figures> {
  const file = join(hostFolder, 'measured.mjs');
  writeFileSync(file, `${tools}${script}`);
  return new Promise((resolve, reject) => {
    const child = fork(file, {
      cwd: hostFolder,
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('message', (figures) => resolve(figures as Figures));
    child.once('exit', (code) => reject(new Error(`The process ended with ${code}.`)));
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
