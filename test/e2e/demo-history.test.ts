import { describe, expect, it } from 'vitest';
import { type PlannedDay, planHistory } from '../../sdk/demo/seed/plan-history.ts';

const monthlyCredits = 20_000;
const ends = ['2026-11-20T23:30:00Z', '2026-12-31T12:00:00Z', '2027-03-01T03:00:00Z', '2028-02-29T09:00:00Z'];

function creditsOf({ tasks }: PlannedDay): number {
  return tasks.filter((task) => task.ends === 'completed').reduce((sum, task) => sum + task.credits, 0);
}

function mean(days: readonly PlannedDay[]): number {
  return days.reduce((sum, day) => sum + creditsOf(day), 0) / days.length;
}

describe.each(ends)("the demo's six months, ended at %s", (end) => {
  const endAtMs = Date.parse(end);
  const { days, startAtMs } = planHistory(endAtMs);

  it('are the same each time', () => {
    expect(planHistory(endAtMs)).toEqual(planHistory(endAtMs));
  });

  it('begin at least six months before and reach the present, in order of time', () => {
    expect(endAtMs - startAtMs).toBeGreaterThan(180 * 86_400_000);
    const times = days.flatMap(({ tasks }) => tasks).flatMap((task) => [task.startAtMs, task.endAtMs]);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(startAtMs);
    expect(Math.max(...times)).toBe(endAtMs);
    for (const { tasks } of days)
      for (const task of tasks) expect(task.endAtMs).toBeGreaterThanOrEqual(task.startAtMs);
  });

  it('have busy weekdays, a rise, and one spike', () => {
    const isWeekend = ({ atMs }: PlannedDay) => [0, 6].includes(new Date(atMs).getUTCDay());
    expect(mean(days.filter((day) => !isWeekend(day)))).toBeGreaterThan(4 * mean(days.filter(isWeekend)));
    expect(mean(days.slice(-60))).toBeGreaterThan(1.3 * mean(days.slice(0, 60)));
    const weekday = mean(days.filter((day) => !isWeekend(day)));
    expect(days.filter((day) => creditsOf(day) > 4 * weekday)).toHaveLength(1);
  });

  it('have work through several API keys and work without one, in the present cycle too', () => {
    const keys = new Set(days.slice(-22).flatMap(({ tasks }) => tasks.map(({ apiKeyId }) => apiKeyId)));
    expect(keys.size).toBeGreaterThan(2);
    expect(keys).toContain(undefined);
  });

  it("end with most of the present month's credits spent, and work under way", () => {
    const month = days.slice(-22);
    const spent = month.reduce((sum, day) => sum + creditsOf(day), 0);
    expect(spent / monthlyCredits).toBeGreaterThan(0.7);
    expect(spent / monthlyCredits).toBeLessThan(0.85);
    const last = days.flatMap(({ tasks }) => tasks).map((task) => task.ends);
    expect(last.filter((status) => status === 'running')).toHaveLength(2);
    expect(last.filter((status) => status === 'waiting')).toHaveLength(1);
    expect(last).toContain('failed');
  });
});
