/** What a step touches, and when two steps commute: the common word of interpreter, kernel, searches and race detector. */
import type { LockId, TaskId } from './types.ts';

/**
 * Touches are flat triples of numbers, so that a search through a million steps makes no garbage: the object, the field
 * of it (0: all of it), and how. An object of Python's is its address; what the kernel keeps has a negative number.
 */
export type Touches = number[];

export const READ = 0;
export const WRITE = 1;
/** Changes something in a way that commutes with others of its kind: a thread that enters or leaves the list of threads. */
export const ADD = 2;

/** Conflicts with every other touch: who knows what a C function does? */
export const EVERYTHING = -1;
export const CHANCE = -3;
export const OUTPUT = -4;
export const INPUT = -5;
/** threading's own list of threads, under its own lock. */
export const THREADS = -6;
/** A task used up its time slice: when that happens depends on the schedule in ways that a search cannot follow. */
export const SLICED = -7;

/** The table of processes: who there is, and whose child. */
export const PROCESSES = -8;
/** Which files there are, and what they are called. */
export const FILES = -10;
/** Signals that a process has handlers for; the field is its pid. To send one touches everything. */
export const SIGNALLED = -11;
/** Memory that processes share. */
export const SHARED_MEMORY = -9;

/** What the network does to whoever sends: cuts, links, datagrams that are to be lost. */
export const NETWORK = -12;

/** Objects of the kernel that are neither tasks nor locks, by number: far below those. */
const FAR = -(2 ** 50);

/** Inodes of different hosts are this far apart. */
const HOSTS_APART = 2 ** 30;

/** A file, pipe or socket. */
export function fileObject(inode: number, host = 0): number {
  return FAR - 2 * (inode + host * HOSTS_APART);
}

/** What the fibers of one thread share. */
export function loopObject(thread: TaskId): number {
  return FAR / 2 - thread;
}

/** That a host has power, and its processes run: whoever does something there that others may see depends on it. */
export function hostObject(host: number): number {
  return 2 * FAR - host;
}

/** Whether it concerns one process only: nobody can see it when that is gone. */
export function isInner(object: number): boolean {
  return object === THREADS || object === SIGNALLED || (object <= -100 && object > FAR);
}

/** Whether it concerns whole hosts, or the network: what a fault touches. */
export function isWorld(object: number): boolean {
  return object === NETWORK || object <= 2 * FAR;
}

export function semaphoreObject(semaphore: number): number {
  return FAR - 1 - 2 * semaphore;
}

export function taskObject(task: TaskId): number {
  return -100 - 2 * task;
}

export function lockObject(lock: LockId): number {
  return -101 - 2 * lock;
}

/** Whether two touches do not commute. */
export function conflict(
  object: number,
  field: number,
  how: number,
  object2: number,
  field2: number,
  how2: number,
): boolean {
  if (object === EVERYTHING || object2 === EVERYTHING) return true;
  if (object !== object2 || (field !== field2 && field !== 0 && field2 !== 0)) return false;
  return how === WRITE || how2 === WRITE || how !== how2;
}
