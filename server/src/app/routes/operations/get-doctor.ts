import { doctorReport } from '../../../contract/operations/operations-schemas.ts';
import { findingsOf } from '../../doctor/findings.ts';
import { formatInstant } from '../../http/instants.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';

/** Tells an operator the state of this server and its database. Its cost does not grow with the number of accounts. */
export const getDoctor = route('GET /v1/doctor', {
  words: 'Findings for an operator: rows set aside, lag, the clock, files, formats',
  callers: backendOnly,
  answers: { 200: doctorReport },
  async handle({ services }) {
    const { clock, version } = services;
    const findings = await findingsOf(services);
    return jsonReply({ checkedAt: formatInstant(clock.systemMs), version, findings });
  },
});
