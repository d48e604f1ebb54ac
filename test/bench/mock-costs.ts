import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createUsageKitMock, type UsageKitMock } from '../../sdk/src/testing/mock/create-usagekit-mock.ts';
import type { ScenarioName } from '../../sdk/src/testing/scenarios/scenarios.ts';
import type { Measurement } from './bench.ts';

const usual: ScenarioName[] = ['healthy', 'nearLimit', 'outOfCredits', 'lowCredits', 'hardCap', 'pastDue'];

const processes = 7;

/** The first mock of a process, up to its first answer: what a test file pays before it begins. */
export async function measureFirstScenario(): Promise<Measurement> {
  const first: number[] = [];
  for (let run = 0; run < processes; run += 1) first.push(await inFreshProcess());
  const median = percentile(first, 0.5);
  return { ratio: 100 / median, figures: { 'milliseconds to the first answer, median': median } };
}

function inFreshProcess(): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['--first'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('message', (milliseconds) => resolve(Number(milliseconds)));
    child.once('exit', (code) => reject(new Error(`The process ended with ${code}.`)));
  });
}

/** Each further mock of a process, of a scenario that was set up before in it and of one that was not. */
export async function measureLaterScenarios(): Promise<Measurement> {
  await answered(createUsageKitMock({ scenario: 'taskRunning' }));
  const again: number[] = [];
  for (const scenario of usual) {
    await answered(createUsageKitMock({ scenario }));
    for (let run = 0; run < 20; run += 1)
      again.push(await timed(() => answered(createUsageKitMock({ scenario }))));
  }
  const mean = again.reduce((sum, milliseconds) => sum + milliseconds, 0) / again.length;
  return {
    ratio: 20 / mean,
    figures: {
      'milliseconds to the first answer, mean': mean,
      'milliseconds to the first answer, 95th percentile': percentile(again, 0.95),
    },
  };
}

export async function measureReset(): Promise<Measurement> {
  const resets: number[] = [];
  for (const scenario of [...usual, 'sixMonths', 'manyTasks'] satisfies ScenarioName[]) {
    const mock = createUsageKitMock({ scenario });
    await answered(mock);
    for (let run = 0; run < 50; run += 1) {
      await mock.account().grant(5);
      resets.push(await timed(() => mock.reset()));
    }
  }
  const mean = resets.reduce((sum, milliseconds) => sum + milliseconds, 0) / resets.length;
  return {
    ratio: 5 / mean,
    figures: {
      'milliseconds, mean': mean,
      'milliseconds, 95th percentile': percentile(resets, 0.95),
    },
  };
}

async function answered(mock: UsageKitMock): Promise<void> {
  const { token } = await mock.tokenFor();
  const response = await mock.fetch('/v1/accounts/acme/credits', {
    headers: { Authorization: `Bearer ${token}` },
  });
  if (response.status !== 200) throw new Error(`The mock answered with ${response.status}.`);
}

/** What the thread worked, in milliseconds: nothing here waits, and other processes do not count. */
async function timed(run: () => Promise<void>): Promise<number> {
  const before = process.threadCpuUsage();
  await run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

if (process.argv.includes('--first'))
  process.send?.(await timed(() => answered(createUsageKitMock())), () => process.exit());
