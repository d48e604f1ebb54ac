import { toNextRoute } from '@usagekit/node/handlers';
import { usageKit } from '../../../usagekit';

export const { GET, POST, PUT, PATCH, DELETE } = toNextRoute(usageKit);
export const dynamic = 'force-dynamic';
