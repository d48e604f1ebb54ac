import { surviveFailover } from './survive-failover.ts';

/* By hand, for as long as is wanted: `npx node --conditions=source test/store/failover/run.ts SECONDS [CLIENTS]`. */

const [seconds = '60', clients = '64'] = process.argv.slice(2);
const ms = Number(seconds) * 500;
const survived = await surviveFailover({ clients: Number(clients), msBefore: ms, msAfter: ms });
console.log(JSON.stringify(survived, null, 2));
const isClean = survived.recorded === survived.answered && survived.drifted.length === 0;
process.exitCode = isClean ? 0 : 1;
