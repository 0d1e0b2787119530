/** What natives are: their handlers, their arguments, and who may call them. */
import type { Kernel, SUSPEND } from '../kernel/kernel.ts';
import type { Answer } from '../kernel/task.ts';
import type { NativeName } from './natives.ts';
import type { Address } from './objects.ts';

/** An object that exists already (immortal, or a reference handed over), not to be made from a JavaScript value. */
export interface Raw {
  readonly object: Address;
}

/** The answer of a native whose caller gives way to another stack of its own thread: nobody asks the kernel. */
export const GIVES_WAY = Symbol('gives way');

export type Native = (args: Address) => Answer | typeof SUSPEND | typeof GIVES_WAY | Raw;
export type Handlers = readonly Native[];

/** Natives that only the engine's own Python calls. */
export const ENGINES_OWN = new Set<NativeName>(
  'handle reserve begin take_work end_task mark_done take_signal program exit_process watch is_learners spawn exec'.split(
    ' ',
  ) as NativeName[],
);

/** Numbers of arguments; those that take none are not listed. */
export const ARITY: Partial<Record<NativeName, number>> = {
  step: 2,
  acquire: 2,
  release: 1,
  new_lock: 2,
  depth: 1,
  owner: 1,
  release_all: 1,
  set_depth: 2,
  begin: 3,
  join: 2,
  mark_done: 1,
  set_name: 2,
  sleep: 1,
  write: 2,
  read: 2,
  interrupt: 1,
  exit_process: 1,
  kill_process: 1,
  watch: 6,
  is_learners: 1,
  switch_interval: 1,
  wait_child: 2,
  kill: 2,
  group: 1,
  set_group: 2,
  session: 1,
  spawn: 1,
  exec: 1,
  disposition: 2,
  alarm: 2,
  pause: 3,
  mask: 3,
  sem_open: 2,
  sem_find: 1,
  sem_unlink: 1,
  sem_acquire: 2,
  sem_release: 2,
  sem_value: 1,
  shared: 1,
  flock: 2,
  mkfifo: 2,
  link: 2,
  end_task: 1,
  new_stack: 1,
  change_stack: 1,
  stack_frame: 1,
  stack_context: 2,
  socket: 3,
  socketpair: 3,
  setsockopt: 4,
  socket_number: 1,
  socket_name: 1,
  resolve: 1,
  host_name: 1,
  own_name: 0,
  fiber_new: 2,
  fiber_enter: 1,
  fiber_loop: 1,
  fiber_ask: 3,
  fiber_wait: 6,
  fiber_ready: 1,
  fiber_end: 1,
  fiber_name: 2,
  fiber_choose: 1,
  epoll_create: 1,
  epoll_control: 4,
  epoll_wait: 3,
};

export type Ask = (call: (kernel: Kernel) => Answer | typeof SUSPEND) => Answer | typeof SUSPEND;

/** Arguments of a native, by position. */
export interface Arguments {
  at(args: Address, n: number): Address;
  /** Anything that is no number counts as 0. */
  number(args: Address, n: number): number;
  /** Of a bytes object. */
  text(args: Address, n: number): string;
  bytes(args: Address, n: number): Uint8Array;
}
