import type { ChangeListeners } from '../../parts/change-listeners.ts';
import { Sweep } from '../../parts/sweep.ts';
import type { ChangedAccounts } from '../../store.ts';
import type { UpkeepCalls } from '../../store-calls.ts';
import type { BatchWriter } from '../commit/batch-writer.ts';
import type { OpenConnections } from '../open/open-connections.ts';
import type { InstallationTables } from '../rows/installation-tables.ts';
import type { TableReads } from '../rows/table-reads.ts';
import { inspectServer } from '../upkeep/inspect-server.ts';
import { PostgresErasure } from '../upkeep/postgres-erasure.ts';
import { PostgresSweep } from '../upkeep/postgres-sweep.ts';
import { tryAgain } from '../upkeep/try-again.ts';

export interface UpkeepParts {
  readonly connections: OpenConnections;
  readonly reads: TableReads;
  readonly tables: InstallationTables;
  readonly writer: BatchWriter;
  readonly nextStamp: () => string;
  readonly listeners: ChangeListeners<ChangedAccounts>;
}

export function upkeepCalls({
  connections,
  reads,
  tables,
  writer,
  nextStamp,
  listeners,
}: UpkeepParts): UpkeepCalls {
  const { pool, channel, read } = connections;
  const sweep = new Sweep(new PostgresSweep(pool));
  const erasure = new PostgresErasure(pool, nextStamp);
  return {
    /** What this process knows of the account's rows is of no use after it; others find out by the account's next stamp. */
    eraseSlice(accountId, eraser, after) {
      return read(async () => {
        try {
          return await erasure.slice(accountId, eraser, after);
        } finally {
          writer.forget([accountId]);
        }
      });
    },
    moveErasedAccount(accountId, erased) {
      return read(async () => {
        await erasure.moveAccount(accountId, erased);
        const changed = [accountId, erased.profile.id];
        writer.forget(changed);
        listeners.tell(changed);
        channel.tell(changed);
      });
    },
    /** Its pages are written over when they are needed again; a transaction of the server's own could not do it. */
    async overwriteErased() {
      return 'unused_space';
    },
    readClockMs: () => read(() => tables.readClockMs()),
    inspect: () => read(() => inspectServer(pool, channel.isOpen)),
    probe: () => read(() => tables.probe()),
    stats() {
      const { totalCount, idleCount, waitingCount } = pool;
      const { cached } = writer;
      return {
        pool_connections: totalCount,
        pool_idle: idleCount,
        pool_waiting: waitingCount,
        channel_open: channel.isOpen ? 1 : 0,
        accounts_cached: cached.accounts,
        items_cached: cached.items,
        answers_cached: cached.answers,
      };
    },
    listSetAside: (page) => read(() => reads.setAside(page)),
    sweepStored: () => read(() => tryAgain(() => sweep.slice())),
    takeLease: (name, holder, forMs) => read(() => tables.takeLease(name, holder, forMs)),
    forgetOld(noun, beforeMs, limit) {
      return read(() => {
        if (noun === 'answers') writer.forgetAnswers(beforeMs);
        return tables.forgetOld(noun, beforeMs, limit);
      });
    },
    hasOlder: (noun, beforeMs) => read(() => tables.hasOlder(noun, beforeMs)),
    copyTo: null,
  };
}
