/** The natives of processes, files and what processes share: for what Emscripten's C library has no system call. */

import { type Failed, isFailed } from '../kernel/errno.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { after } from '../kernel/later.ts';
import type { Disposition, Ended } from '../kernel/processes/types.ts';
import { semaphoreObject, WRITE } from '../kernel/touch.ts';
import type { Arguments, Ask, Native } from './native-types.ts';
import { readRequest } from './spawn-request.ts';

const DISPOSITIONS: readonly Disposition[] = ['default', 'ignore', 'handle'];
/** `options` of waitpid. */
const WNOHANG = 1;
const WNOWAIT = 0x1000000;

export function processCalls({ number, text, bytes }: Arguments, ask: Ask) {
  /** The calls of the process that asks. */
  const mine = (kernel: Kernel) => kernel.dispatcher.me.process;
  const native = {
    write: (args) => {
      const [fd, data] = [number(args, 0), bytes(args, 1)];
      return ask((kernel) => kernel.system(mine(kernel).files.calls.write(fd, data, null), true));
    },
    read: (args) => {
      const [fd, size] = [number(args, 0), number(args, 1)];
      return ask((kernel) => kernel.system(mine(kernel).files.calls.read(fd, size, null)));
    },
    take_signal: () => ask((kernel) => mine(kernel).calls.takeSignal()),
    native_id: () => ask((kernel) => kernel.dispatcher.me.nativeId),
    pid: () => ask((kernel) => mine(kernel).pid),
    parent: () => ask((kernel) => mine(kernel).calls.parentPid()),
    wait_child: (args) => {
      const [who, options] = [number(args, 0), number(args, 1)];
      const how = { noHang: (options & WNOHANG) !== 0, leave: (options & WNOWAIT) !== 0 };
      return ask((kernel) => kernel.system(after(mine(kernel).calls.wait(who, how), pairOf)));
    },
    kill: (args) => {
      const [who, signal] = [number(args, 0), number(args, 1)];
      return ask((kernel) => kernel.system(mine(kernel).calls.kill(who, signal), true));
    },
    group: (args) => {
      const pid = number(args, 0);
      return ask((kernel) => mine(kernel).calls.group(pid));
    },
    set_group: (args) => {
      const [pid, group] = [number(args, 0), number(args, 1)];
      return ask((kernel) => mine(kernel).calls.setGroup(pid, group));
    },
    session: (args) => {
      const pid = number(args, 0);
      return ask((kernel) => mine(kernel).calls.session(pid));
    },
    new_session: () => ask((kernel) => mine(kernel).calls.newSession()),
    spawn: (args) => {
      const request = readRequest(text(args, 0));
      return ask((kernel) => kernel.system(isFailed(request) ? request : mine(kernel).calls.spawn(request), true));
    },
    exec: (args) => {
      const request = readRequest(text(args, 0));
      return ask((kernel) => (isFailed(request) ? request : kernel.exec(request)));
    },
    disposition: (args) => {
      const [signal, what] = [number(args, 0), DISPOSITIONS[number(args, 1)] ?? 'default'];
      return ask((kernel) => mine(kernel).calls.setDisposition(signal, what));
    },
    alarm: (args) => {
      const [seconds, interval] = [number(args, 0), number(args, 1)];
      return ask((kernel) => mine(kernel).calls.setAlarm(seconds, interval));
    },
    pause: (args) => {
      const [seconds, low, high] = [number(args, 0), number(args, 1), number(args, 2)];
      return ask((kernel) => kernel.system(mine(kernel).calls.pause(seconds, low, high)));
    },
    mask: (args) => {
      const [how, low, high] = [number(args, 0), number(args, 1), number(args, 2)];
      return ask((kernel) => mine(kernel).calls.mask(how, low, high));
    },
    sem_open: (args) => {
      const [name, value] = [text(args, 0), number(args, 1)];
      return ask((kernel) => kernel.semaphores.make(name, value, mine(kernel).host.index));
    },
    sem_find: (args) => {
      const name = text(args, 0);
      return ask((kernel) => kernel.semaphores.find(name, mine(kernel).host.index));
    },
    sem_unlink: (args) => {
      const name = text(args, 0);
      return ask((kernel) => kernel.semaphores.unlink(name, mine(kernel).host.index));
    },
    sem_acquire: (args) => {
      const [semaphore, timeout] = [number(args, 0), number(args, 1)];
      return ask((kernel) => {
        // The library takes a semaphore before it writes into the pipe of a queue.
        kernel.sends();
        kernel.dispatcher.touch(semaphoreObject(semaphore), WRITE);
        const answered = kernel.semaphores.acquire(semaphore, timeout, mine(kernel).host.index);
        return kernel.system(after(answered, recorded(kernel, 'take', semaphore)));
      });
    },
    sem_release: (args) => {
      const [semaphore, most] = [number(args, 0), number(args, 1)];
      return ask((kernel) => {
        kernel.dispatcher.touch(semaphoreObject(semaphore), WRITE);
        const answered = kernel.semaphores.release(semaphore, most, mine(kernel).host.index);
        return kernel.system(after(answered, recorded(kernel, 'give', semaphore)), true);
      });
    },
    sem_value: (args) => {
      const semaphore = number(args, 0);
      return ask((kernel) => {
        kernel.dispatcher.touch(semaphoreObject(semaphore), WRITE);
        return kernel.semaphores.value(semaphore, mine(kernel).host.index);
      });
    },
    mkfifo: (args) => {
      const [path, mode] = [text(args, 0), number(args, 1)];
      return ask((kernel) => mine(kernel).files.calls.makeFifo(null, path, mode));
    },
    link: (args) => {
      const [from, path] = [text(args, 0), text(args, 1)];
      return ask((kernel) => mine(kernel).files.calls.link(null, from, null, path));
    },
    flock: (args) => {
      const [fd, operation] = [number(args, 0), number(args, 1)];
      const kind = operation & 8 ? 'unlock' : operation & 2 ? 'exclusive' : 'shared';
      const request = { kind, wait: (operation & 4) === 0, whole: true, start: 0, end: null } as const;
      return ask((kernel) => kernel.system(mine(kernel).files.calls.lock(fd, request), true));
    },
    epoll_create: (args) => {
      const closing = number(args, 0) !== 0;
      return ask((kernel) => mine(kernel).files.calls.epoll(closing));
    },
    epoll_control: (args) => {
      const [fd, operation, target, events] = [number(args, 0), number(args, 1), number(args, 2), number(args, 3)];
      return ask((kernel) => mine(kernel).files.calls.epollControl(fd, operation, target, events));
    },
    /** Seconds; less than none: for ever. */
    epoll_wait: (args) => {
      const [fd, most, seconds] = [number(args, 0), number(args, 1), number(args, 2)];
      const timeout = seconds < 0 ? null : seconds;
      return ask((kernel) => kernel.system(mine(kernel).files.calls.epollWait(fd, most, timeout)));
    },
    processes: () => ask((kernel) => JSON.stringify(mine(kernel).calls.processes())),
  } satisfies Record<string, Native>;
  return native;
}

/** A child that has ended as Python has it: its number and its status. */
function pairOf(ended: Ended | null | Failed): readonly number[] | null | Failed {
  return ended === null || isFailed(ended) ? ended : [ended.pid, ended.status];
}

/** The same answer; if it is 1, a semaphore was taken or given back, and the trace tells it. */
function recorded(kernel: Kernel, kind: 'take' | 'give', semaphore: number) {
  return (answer: 0 | 1 | Failed): 0 | 1 | Failed => {
    const { dispatcher } = kernel;
    if (answer === 1 && dispatcher.current) dispatcher.record(dispatcher.current, { kind, semaphore });
    return answer;
  };
}
