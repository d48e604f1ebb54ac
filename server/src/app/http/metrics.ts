/** Counts what the app does, as Prometheus reads it. Small enough for the hot path: a number in a map. */
export class AppMetrics {
  readonly #requests = new Map<string, number>();
  readonly #refusals = new Map<string, number>();
  #replays = 0;

  /** One answered request, by its route and not by its address, so that ids make no series. */
  countRequest(method: string, route: string, status: number): void {
    add(this.#requests, `method="${method}",route="${route}",status="${status}"`);
  }

  countRefusal(reason: string): void {
    add(this.#refusals, `reason="${reason}"`);
  }

  countReplay(): void {
    this.#replays += 1;
  }

  /** In the text format of Prometheus. */
  text(gauges: Readonly<Record<string, number>>): string {
    const lines = [
      ...series('usagekit_requests_total', 'counter', 'Requests answered.', this.#requests),
      ...series('usagekit_refusals_total', 'counter', 'Uses that a gate refused.', this.#refusals),
      ...series(
        'usagekit_replays_total',
        'counter',
        'Answers that were kept and given again.',
        new Map([['', this.#replays]]),
      ),
    ];
    for (const [name, value] of Object.entries(gauges))
      lines.push(`# TYPE usagekit_${name} gauge`, `usagekit_${name} ${value}`);
    return `${lines.join('\n')}\n`;
  }
}

function add(counts: Map<string, number>, labels: string): void {
  counts.set(labels, (counts.get(labels) ?? 0) + 1);
}

function series(name: string, type: string, help: string, counts: ReadonlyMap<string, number>): string[] {
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
  for (const [labels, count] of counts) lines.push(`${name}${labels === '' ? '' : `{${labels}}`} ${count}`);
  return lines;
}
