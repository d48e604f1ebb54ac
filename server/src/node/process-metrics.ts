import { collectDefaultMetrics, Registry } from 'prom-client';

const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'usagekit_' });

/** The process's own figures (memory, event loop, garbage collection) in Prometheus' text format. */
export function processMetrics(): Promise<string> {
  return registry.metrics();
}
