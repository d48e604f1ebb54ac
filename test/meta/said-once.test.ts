import { describe, expect, it } from 'vitest';
import { repositoryFiles, textOf } from './repository-files.ts';

/** What has one home, and how it looks where it is said again. */
const saidOnce: { what: string; home: string; again: RegExp; planted: string }[] = [
  {
    what: 'a day in milliseconds',
    home: 'server/src/contract/values/durations.ts',
    again: /\b86_?400_?000\b|\b24 \* (60 \* 60 \* 1_?000|3_?600_?000)\b/,
    planted: 'const dayMs = 86_400_000;',
  },
  {
    what: 'how a delay doubles',
    home: 'server/src/contract/values/durations.ts',
    again: /\* 2 \*\* /,
    planted: 'Math.min(first * 2 ** failures, most)',
  },
  {
    what: 'how an estimate is rounded',
    home: 'server/src/contract/forecast/round-estimate.ts',
    again: /\* 10\) \/ 10\b/,
    planted: 'return Math.round(amount * 10) / 10;',
  },
  {
    what: 'where a level begins',
    home: 'server/src/contract/usage/levels.ts',
    again: /percent\w* >= (80|90)\b/i,
    planted: "if (percent >= 80) return 'warning';",
  },
  {
    what: 'what a policy means',
    home: 'server/src/domain/limits/policies.ts',
    again: /[pP]olicy(\)| as \w+)? [!=]== '(hard|soft|overage|unlimited|observe)'/,
    planted: "if (limit.policy === 'hard') return limit.included;",
  },
  {
    what: 'which ids a refusal accepts',
    home: 'server/src/domain/ids/accepted-ids.ts',
    again: /\w\.\w+\.keys\(\)\]\.join\(', '\)/,
    planted: "[...catalog.metrics.keys()].join(', ')",
  },
  {
    what: 'the refusal of an unknown metric',
    home: 'server/src/domain/catalog/metric-of.ts',
    again: /The catalog has no metric/,
    planted: "The catalog has no metric 'faxes'",
  },
];

/** The words that a widget has for a policy, and not what the policy does. */
const words = new Set(['sdk/src/components/meter/meter-content.tsx']);
const sources = repositoryFiles().filter((path) => /^(server|sdk|extension)\/src\/.*\.tsx?$/.test(path));

describe('what is said once', () => {
  it.each(saidOnce)('is $what', ({ home, again, planted, what }) => {
    expect(sources).toContain(home);
    expect(planted).toMatch(again);
    const others = sources.filter(
      (path) =>
        path !== home && !(what === 'what a policy means' && words.has(path)) && again.test(textOf(path)),
    );
    expect(others, `import it from ${home}`).toEqual([]);
  });
});
