/** What the files of a host are told of the rest of the machine, and it of them. */
import { Channels } from '../channels.ts';
import type { Dispatcher } from '../dispatcher.ts';
import { NAMES, type Surroundings } from '../files/file-system.ts';
import type { ProcessTable } from '../processes/process-table.ts';
import { SIGNALS } from '../processes/types.ts';
import type { Task } from '../task.ts';
import { FILES, fileObject, READ, WRITE } from '../touch.ts';
import type { Computer } from './computer.ts';
import type { Console } from './console.ts';

/** Of all hosts. `first`: where a process writes that was begun at no terminal. */
export function surroundings(
  dispatcher: Dispatcher,
  table: ProcessTable,
  chance: (bound: number) => number,
  first: () => Console,
): (computer: Computer) => Surroundings {
  const channels = new Channels();
  return ({ index, address }) => ({
    chance,
    terminal: (pid) => {
      const { terminal, host } = table.get(pid)?.console ?? first();
      return terminal.open(1, host.files.tree.base.born);
    },
    caller: () => dispatcher.current,
    looked: () => dispatcher.looks(),
    brokenPipe: (pid) => {
      const process = table.get(pid);
      if (process) table.send(process, SIGNALS.SIGPIPE);
    },
    touch: (object, changes) => {
      const how = changes ? WRITE : READ;
      if (object === NAMES) dispatcher.touch(FILES, how, address === 0 ? 0 : index + 1);
      else dispatcher.touch(fileObject(object, object > 0 ? index : 0), how);
    },
    moved: (how, channel, bytes, by) => {
      const task = (by as Task | null | undefined) ?? dispatcher.current;
      if (task) dispatcher.record(task, { kind: how, channel, ...channels.pass(how, channel, bytes) });
    },
  });
}
