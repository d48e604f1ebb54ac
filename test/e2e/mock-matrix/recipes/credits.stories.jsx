import { Credits } from './credits.jsx';

export default { component: Credits };
export const AlmostOut = { parameters: { usageKit: { scenario: 'lastCredit', role: 'member' } } };
