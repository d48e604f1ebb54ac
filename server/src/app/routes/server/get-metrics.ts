import { openRoute } from '../../http/route.ts';

/** What the server does, in the text format of Prometheus. */
export const getMetrics = openRoute('GET /metrics', {
  words: 'Counts for Prometheus',
  answers: { 200: 'text/plain' },
  async handle({ services }) {
    const own = services.metrics.text({
      commands_waiting: services.commit.depth,
      streams_open: services.hub.size,
      set_aside: services.setAside.count,
    });
    const body = `${own}${await services.processMetrics()}`;
    return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body };
  },
});
