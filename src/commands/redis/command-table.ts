/** All commands by name. */
import { blockingPops } from './blocking-pops.ts';
import type { Command } from './command.ts';
import { connections } from './connections.ts';
import { expiry } from './expiry.ts';
import { hashes } from './hashes.ts';
import { keyCommands } from './keys.ts';
import { lists } from './lists.ts';
import { pendingEntries } from './pending.ts';
import { pubsub } from './pubsub.ts';
import { readingStreams } from './reading-streams.ts';
import { scripting } from './scripting.ts';
import { serverCommands } from './server-commands.ts';
import { sets } from './sets.ts';
import { sortedRanges } from './sorted-ranges.ts';
import { sortedSets } from './sorted-sets.ts';
import { streamGroups } from './stream-groups.ts';
import { streams } from './streams.ts';
import { strings } from './strings.ts';
import { transactions } from './transactions.ts';

export const COMMANDS: ReadonlyMap<string, Command> = new Map(
  [
    strings,
    keyCommands,
    expiry,
    lists,
    blockingPops,
    hashes,
    sets,
    sortedSets,
    sortedRanges,
    streams,
    readingStreams,
    streamGroups,
    pendingEntries,
    pubsub,
    transactions,
    connections,
    scripting,
    serverCommands,
  ]
    .flat()
    .map((command) => [command.name, command]),
);
