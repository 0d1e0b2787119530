/** Linux's epoll: an open file that is told of others, and knows which of them are ready, in the order in which they became so. */
import { type Failed, failed } from '../errno.ts';
import { type Answered, type Waiter, WaitQueue } from '../later.ts';
import type { WaitsFor } from '../types.ts';
import type { Shared, Watcher } from './descriptors.ts';
import type { FileSystem } from './file-system.ts';
import { LEARNER } from './inode.ts';
import { type Fd, O, type OpenFile, POLL, type Stat } from './types.ts';

/** Linux's bits beside POLL's. */
export const EPOLL = { EXCLUSIVE: 2 ** 28, WAKEUP: 2 ** 29, ONESHOT: 2 ** 30, EDGE: 2 ** 31 } as const;
export const CONTROL = { ADD: 1, REMOVE: 2, MODIFY: 3 } as const;

/** Other words for the same: EPOLLRDNORM, EPOLLWRNORM. */
const [READ_NORMAL, WRITE_NORMAL] = [0x40, 0x100] as const;
/** What is told whether it was asked for or not. */
const ALWAYS = POLL.ERR | POLL.HUP;
/** Those bits that say how, and not what. */
const HOW = (EPOLL.EXCLUSIVE | EPOLL.WAKEUP | EPOLL.ONESHOT | EPOLL.EDGE) >>> 0;
/** All that may stand beside EXCLUSIVE. */
const WITH_EXCLUSIVE = (POLL.IN | POLL.OUT | POLL.ERR | POLL.HUP | EPOLL.EXCLUSIVE | EPOLL.WAKEUP | EPOLL.EDGE) >>> 0;
/** EP_MAX_NESTS: so many of them in each other. */
const DEEPEST = 5;
/** How many others may be told of one of them: Linux, too, bounds the ways that an event can take (some 1,000). */
const MOST_HOLDERS = 4;
/** Files that all of a machine's are told of: /proc/sys/fs/epoll/max_user_watches is larger. */
export const MOST_WATCHED = 65_536;

/** One file that an epoll was told of, under the number that its teller had for it. */
class Item implements Waiter, Watcher {
  readonly epoll: Epoll;
  readonly shared: Shared;
  readonly fd: Fd;
  /** What is waited for, and how; after ONESHOT has told something, how only. */
  events: number;
  /** What `poll` said, and how much had come, when it was last looked at: more of either is an edge. */
  private bits = 0;
  private come = 0;

  /** With EXCLUSIVE: one of those who wait is enough. */
  readonly take: (() => boolean) | undefined;

  constructor(epoll: Epoll, shared: Shared, fd: Fd, events: number) {
    this.epoll = epoll;
    this.shared = shared;
    this.fd = fd;
    this.events = events;
    this.take = events & EPOLL.EXCLUSIVE ? () => this.hears() : undefined;
  }

  get file(): OpenFile {
    return this.shared.file;
  }

  /** What is to be told now. */
  look(): number {
    const asked = this.events & ~HOW;
    if (asked === 0) return 0;
    const found = this.file.poll();
    return (found | (found & POLL.IN ? READ_NORMAL : 0) | (found & POLL.OUT ? WRITE_NORMAL : 0)) & asked;
  }

  /** Looks, and says whether more has come than there was when it last did. */
  isNews(): boolean {
    const [before, had] = [this.bits, this.come];
    this.bits = this.look();
    this.come = this.file.arrived?.() ?? 0;
    return (this.bits & ~before) !== 0 || ((this.bits & POLL.IN) !== 0 && this.come !== had);
  }

  changed(): void {
    this.hears();
  }

  /** True: it is news to somebody who waits. */
  private hears(): boolean {
    const news = this.isNews();
    if (this.bits !== 0 && (news || !(this.events & EPOLL.EDGE))) return this.epoll.list(this) && news;
    this.epoll.settle();
    return false;
  }

  gone(): void {
    this.epoll.forget(this);
  }
}

export class Epoll implements OpenFile {
  flags = O.RDWR;
  readonly changes = new WaitQueue();
  readonly number: number;
  readonly name = 'an epoll';
  private readonly system: FileSystem;
  private readonly born: number;
  private readonly items = new Map<Shared, Map<Fd, Item>>();
  /** Those of them that may have something to tell, first come first told. */
  private readonly listed = new Set<Item>();
  /** Those that somebody types at. */
  private readonly keyboards = new Set<Item>();
  /** Those that are told of this one, as often as they are. */
  readonly holders: Epoll[] = [];
  /** Whether there is something to tell; kept up only while somebody waits for it. */
  private tells = false;

  constructor(system: FileSystem) {
    this.system = system;
    this.number = system.tree.newNumber();
    this.born = system.tree.now;
  }

  stat(): Stat {
    const { number, born } = this;
    const times = { accessed: born, modified: born, changed: born };
    return { kind: 'device', inode: number, mode: 0o600, links: 1, owner: LEARNER, size: 0, ...times };
  }

  poll(): number {
    if (this.changes.size === 0) this.tells = this.hasNews();
    return this.tells ? POLL.IN : 0;
  }

  /** To read or write it is an error, for which nobody waits. */
  ready(): boolean {
    return true;
  }

  read(): Failed {
    return failed('EINVAL');
  }

  write(): Failed {
    return failed('EINVAL');
  }

  close(): void {
    for (const kept of [...this.items.values()]) for (const item of [...kept.values()]) this.forget(item);
  }

  /** EPOLL_CTL_ADD. */
  add(shared: Shared, fd: Fd, asked: number): 0 | Failed {
    const { system } = this;
    const { file } = shared;
    const typed = file.waitsFor !== undefined;
    const exclusive = (asked & EPOLL.EXCLUSIVE) !== 0;
    if (exclusive && (file instanceof Epoll || (asked & ~WITH_EXCLUSIVE) !== 0)) return failed('EINVAL');
    if (file instanceof Epoll) {
      const [inside, outside] = [levels(file, (one) => one.inner()), levels(this, ({ holders }) => holders)];
      if (inside.some((level) => level.has(this)) || inside.length + outside.length > DEEPEST) return failed('ELOOP');
      if (file.holders.length >= MOST_HOLDERS) return failed('EINVAL');
      file.poll();
    }
    if (this.items.get(shared)?.has(fd)) return failed('EEXIST');
    if (system.watched >= MOST_WATCHED) return failed('ENOSPC');
    system.watched++;
    const item = new Item(this, shared, fd, asked | ALWAYS);
    const kept = this.items.get(shared);
    if (kept) kept.set(fd, item);
    else this.items.set(shared, new Map([[fd, item]]));
    shared.watch(item);
    file.changes.add(item);
    if (typed) this.keyboards.add(item);
    if (file instanceof Epoll) file.holders.push(this);
    item.changed();
    return 0;
  }

  /** EPOLL_CTL_MOD: an edge once more, and what ONESHOT has told of is told of again. */
  modify(shared: Shared, fd: Fd, asked: number): 0 | Failed {
    const item = this.items.get(shared)?.get(fd);
    if (!item) return failed('ENOENT');
    if (item.take || asked & EPOLL.EXCLUSIVE) return failed('EINVAL');
    item.events = asked | ALWAYS;
    item.isNews();
    if (item.look() !== 0) this.list(item);
    else this.settle();
    return 0;
  }

  /** EPOLL_CTL_DEL. */
  remove(shared: Shared, fd: Fd): 0 | Failed {
    const item = this.items.get(shared)?.get(fd);
    if (!item) return failed('ENOENT');
    this.forget(item);
    return 0;
  }

  /** epoll_wait: pairs of a number and its bits, at most so many; waits until there is one. */
  wait(most: number, timeout: number | null): Answered<readonly number[]> {
    this.touch();
    const now = this.take(most);
    this.settle();
    if (now.length > 0 || timeout === 0) return now;
    this.tells = false;
    const later: Answered<readonly number[]> = {
      queues: [this.changes],
      waiting: this.waiting(),
      timeout,
      possible: () => this.tells,
      complete: () => {
        this.touch();
        const found = this.take(most);
        this.settle();
        return found.length > 0 ? found : later;
      },
      expired: () => [],
    };
    return later;
  }

  /** For its items: this one has something to tell. True: somebody waits to hear it. */
  list(item: Item): boolean {
    const waits = this.changes.size > 0;
    this.listed.add(item);
    this.settle();
    return waits;
  }

  /** For its items: what there is to tell may be something else than before. */
  settle(): void {
    this.touch();
    if (this.changes.size === 0) return;
    const tells = this.hasNews();
    if (tells === this.tells) return;
    this.tells = tells;
    this.changes.changed();
  }

  /** For its items: the last descriptor of the file is gone. */
  forget(item: Item): void {
    const kept = this.items.get(item.shared);
    if (!kept?.delete(item.fd)) return;
    this.system.watched--;
    if (kept.size === 0) this.items.delete(item.shared);
    item.shared.unwatch(item);
    item.file.changes.remove(item);
    this.keyboards.delete(item);
    this.listed.delete(item);
    if (item.file instanceof Epoll) item.file.holders.splice(item.file.holders.indexOf(this), 1);
    this.settle();
  }

  /** What there is to tell. Who is not told of an edge stays in the list, behind those who were not reached. */
  private take(most: number): number[] {
    const told: number[] = [];
    const again: Item[] = [];
    for (const item of this.listed) {
      if (told.length >= 2 * most) break;
      this.listed.delete(item);
      item.isNews();
      const bits = item.look();
      if (bits === 0) continue;
      told.push(item.fd, bits);
      if (item.events & EPOLL.ONESHOT) item.events &= HOW;
      else if (!(item.events & EPOLL.EDGE)) again.push(item);
    }
    for (const item of again) this.listed.add(item);
    return told;
  }

  /** Whether one of those in the list has something to tell; those before it that have not any more are taken out. */
  private hasNews(): boolean {
    for (const item of this.listed) {
      if (item.look() !== 0) return true;
      this.listed.delete(item);
    }
    return false;
  }

  /** For people; that somebody waits for the keyboard is worth knowing above all. */
  private waiting(): WaitsFor {
    for (const { file, events } of this.keyboards) if (file.waitsFor && events & POLL.IN) return file.waitsFor;
    const names = new Set<string>();
    for (const { file } of this.items.keys()) {
      names.add(file.name);
      if (names.size === 8) break;
    }
    return { on: 'poll', what: [...names].join(', ') };
  }

  private touch(): void {
    this.system.surroundings.touch(this.number, true);
  }

  /** Those epolls that it is told of. */
  inner(): Epoll[] {
    return [...this.items.keys()].flatMap(({ file }) => (file instanceof Epoll ? [file] : []));
  }
}

/** An epoll, those next to it, those next to them, and so on: no farther than they may stand in each other. */
function levels(epoll: Epoll, next: (one: Epoll) => readonly Epoll[]): readonly ReadonlySet<Epoll>[] {
  const found: ReadonlySet<Epoll>[] = [];
  for (let level = new Set([epoll]); level.size > 0 && found.length <= DEEPEST; ) {
    found.push(level);
    level = new Set([...level].flatMap(next));
  }
  return found;
}
