/** The machines of a world while it runs: what begins on them, what happens to them, and what the reader does to them. */
import type { Dispatcher } from '../dispatcher.ts';
import { type Failed, isFailed } from '../errno.ts';
import type { Machine } from '../machine.ts';
import type { ProcessTable } from '../processes/process-table.ts';
import { exited } from '../processes/signals.ts';
import { SIGNALS } from '../processes/types.ts';
import type { Semaphores } from '../semaphores.ts';
import { EVERYTHING, hostObject, NETWORK, WRITE } from '../touch.ts';
import type { Computer } from './computer.ts';
import { type Console, runs } from './console.ts';
import type { Consoles } from './consoles.ts';
import { Faults } from './faults.ts';
import type { ActRecord, Typed, World, WorldAct } from './types.ts';
import type { Wires } from './wires.ts';

/** What the kernel has made of a world, and does for it. */
export interface Parts {
  readonly world: World;
  readonly computers: readonly Computer[];
  readonly consoles: Consoles;
  readonly wires: Wires;
  readonly dispatcher: Dispatcher;
  readonly machine: Machine;
  readonly table: ProcessTable;
  readonly semaphores: Semaphores;
  /** A terminal's command has vanished with its host. */
  vanished(console: Console): void;
  /** Ends the run if it is over. */
  conclude(): void;
  /** The reader has seen enough. */
  end(): void;
}

/** A shell's codes for a command that there is not, and for one that cannot be run. */
const NOT_FOUND = 127;
const REFUSED = 126;
/** What a reader is told of a command that has vanished with its host. */
const GONE = 137;

export class Cluster {
  readonly wires: Wires;
  private readonly parts: Parts;
  private faults: Faults | null = null;
  /** What is to be done again. */
  private readonly again: ActRecord[];
  readonly acts: ActRecord[] = [];
  /** What the reader did before it began; null: it has begun. */
  private early: (WorldAct | Typed)[] | null = [];

  constructor(parts: Parts, again: readonly ActRecord[]) {
    this.parts = parts;
    this.wires = parts.wires;
    this.again = [...again];
  }

  /** Adds what may happen, behind the program's own tasks, and does what is to be done before anything runs. */
  prepare(): void {
    const { world, dispatcher, computers } = this.parts;
    const [first] = computers;
    if (world.faults && world.faults.most > 0 && first) {
      this.faults = new Faults(this, dispatcher, world.faults, first.init);
      dispatcher.faults = this.faults;
    }
    for (const act of this.early ?? []) this.act(act);
    this.early = null;
    while (this.repeat(false));
  }

  computer(name: string): Computer | null {
    return this.parts.computers.find((computer) => computer.name === name) ?? null;
  }

  console(name: string): Console | null {
    return this.parts.consoles.all.find((console) => console.name === name) ?? null;
  }

  /** Begins what begins by itself. True: something does so at once. */
  begin(): boolean {
    const { dispatcher, consoles, world } = this.parts;
    let first = false;
    world.terminals.forEach(({ start, name }) => {
      const console = this.console(name);
      if (!console || start === null) return;
      if (start <= 0) {
        this.start(console);
        first = true;
      } else this.await(console, start);
    });
    for (const { time } of this.again) dispatcher.at(time, () => {});
    return first && consoles.all.some(runs);
  }

  /** Begins a terminal's command so many seconds from now. */
  await(console: Console, seconds: number): void {
    const { dispatcher } = this.parts;
    console.awaited++;
    dispatcher.at(dispatcher.time + seconds, () => {
      console.awaited--;
      this.start(console);
    });
  }

  // ---- what happens --------------------------------------------------------------------------------------------

  /** Begins a terminal's command, unless it runs or its host is dark. */
  start(console: Console): void {
    const { consoles, dispatcher, machine, table } = this.parts;
    if (!console.host.isUp || runs(console) || dispatcher.outcome !== null) return;
    console.begun = true;
    console.stopped = false;
    console.code = null;
    if (console.name !== null) machine.happens({ terminal: console.name, code: null });
    this.faults?.reconsider();
    if (table.refuses()) return;
    const opened = table.open(console, (pid) => consoles.filesOf(console, pid));
    if (isFailed(opened)) {
      this.refuse(console, opened);
      return;
    }
    if (!opened.main) return;
    dispatcher.scheduler.spawn?.(dispatcher.current?.acts ?? 0, opened.main.id);
    dispatcher.admit(opened.main);
  }

  /** SIGKILL for all that was begun at a terminal. */
  kill(console: Console): void {
    const { table } = this.parts;
    const last = console.process;
    for (const process of table.live)
      if (process.console === console && process !== last) table.end(process, SIGNALS.SIGKILL);
    if (last) table.end(last, SIGNALS.SIGKILL);
    this.faults?.reconsider();
  }

  /** A power cut. `returns`: it will be back. Answers what brings it back. */
  crash(computer: Computer, returns = false): () => void {
    const { dispatcher, machine, table, semaphores, consoles } = this.parts;
    if (!computer.isUp) return () => {};
    computer.isUp = false;
    dispatcher.touch(hostObject(computer.index), WRITE);
    const struck = consoles.all.filter((console) => console.host === computer && runs(console));
    table.vanish(computer);
    computer.sockets.forget();
    computer.files.forget();
    semaphores.forget(computer.index);
    machine.happens({ host: computer.name, up: false });
    this.faults?.reconsider();
    const waiting = returns ? consoles.all.filter((console) => console.host === computer && comesBack(console)) : [];
    for (const console of waiting) console.awaited++;
    for (const console of struck) this.parts.vanished(console);
    return () => {
      for (const console of waiting) console.awaited--;
      this.boot(computer);
    };
  }

  boot(computer: Computer): void {
    const { machine, consoles } = this.parts;
    if (computer.isUp) return;
    computer.isUp = true;
    machine.happens({ host: computer.name, up: true });
    this.faults?.reconsider();
    for (const console of consoles.all) if (console.host === computer && comesBack(console)) this.start(console);
  }

  /** A terminal's command has ended. */
  ended(console: Console, code: number | null): void {
    console.code = code;
    // Of a vanished one nobody has heard how it ended.
    if (console.name !== null) this.parts.machine.happens({ terminal: console.name, code: code ?? GONE });
    this.faults?.reconsider();
  }

  // ---- what the reader does ------------------------------------------------------------------------------------

  /** The reader does something to the world, between two steps; false: it is done as soon as the run begins. */
  does(act: WorldAct | Typed): boolean {
    if (this.early) this.early.push(act);
    else this.act(act);
    return this.early === null;
  }

  private act(act: WorldAct | Typed): void {
    const { dispatcher } = this.parts;
    if (dispatcher.outcome !== null) return;
    this.acts.push({ steps: dispatcher.steps, time: dispatcher.time, act });
    dispatcher.touch(EVERYTHING, WRITE);
    const what = nameOfAct(act);
    const crashed = act.act === 'crash' && this.computer(act.host)?.isUp ? { crashed: act.host } : {};
    if (what !== null) dispatcher.recorder.record(0, dispatcher.time, { kind: 'world', what, ...crashed }, null);
    this.perform(act);
    this.faults?.reconsider();
  }

  /** What was to happen next has happened: it may again. */
  reconsider(): void {
    this.faults?.reconsider();
  }

  /** Something is yet to be done again. */
  get repeats(): boolean {
    return this.again.length > 0;
  }

  /** Nobody runs: does the next thing again, if it was done when so many steps had been taken. `quiet`: nobody can run. */
  repeat(quiet: boolean): boolean {
    const { dispatcher } = this.parts;
    const [next] = this.again;
    if (!next || next.steps > dispatcher.steps) return false;
    // Before anybody had run there was only the clock.
    if (next.steps === 0 && next.time > dispatcher.time) return false;
    // A clock that is real is waited for, unless more has happened already than should have.
    if (quiet && next.steps === dispatcher.steps && !dispatcher.skipTo(next.time)) return false;
    this.again.shift();
    this.act(next.act);
    return true;
  }

  private perform(act: WorldAct | Typed): void {
    const { parts } = this;
    switch (act.act) {
      case 'start':
      case 'kill':
      case 'restart': {
        const console = this.console(act.terminal);
        if (!console) return;
        // Else the run could be over in between.
        console.awaited++;
        console.stopped ||= act.act === 'kill' && runs(console);
        if (act.act !== 'start') this.kill(console);
        console.awaited--;
        if (act.act !== 'kill') this.start(console);
        else parts.conclude();
        return;
      }
      case 'type':
        this.console(act.terminal)?.terminal.feed(act.text);
        return;
      case 'crash':
      case 'boot': {
        const computer = this.computer(act.host);
        for (const console of parts.consoles.all)
          if (act.act === 'crash' && console.host === computer) console.stopped ||= runs(console);
        if (computer && act.act === 'crash') this.crash(computer);
        else if (computer) this.boot(computer);
        return;
      }
      case 'link':
        this.wires.links.set(act.link);
        return;
      case 'partition':
        parts.dispatcher.touch(NETWORK, WRITE);
        this.wires.links.cut(act.hosts);
        return;
      case 'end':
        parts.end();
    }
  }

  /** There is no such command, or it cannot be run: as a shell says it. */
  private refuse(console: Console, { errno }: Failed): void {
    const { consoles, table } = this.parts;
    const missing = errno === 'ENOENT';
    const [name = ''] = console.program.argv;
    consoles.show(console, 2, `sh: 1: ${name}: ${missing ? 'not found' : 'Permission denied'}\n`);
    if (console.process) table.end(console.process, exited(missing ? NOT_FOUND : REFUSED));
  }
}

/** As a reader is told of it; null: what is typed shows by itself. */
function nameOfAct(act: WorldAct | Typed): string | null {
  switch (act.act) {
    case 'start':
    case 'kill':
    case 'restart':
      return `${act.act} of ${act.terminal}`;
    case 'crash':
    case 'boot':
      return `${act.act} of ${act.host}`;
    case 'link':
      return `another network from ${called(act.link.from)} to ${called(act.link.to)}`;
    case 'partition':
      return act.hosts.length === 0 ? 'no partition any more' : `partition of ${act.hosts.join(' and ')}`;
    default:
      return null;
  }
}

function called(end: string): string {
  return end === '*' ? 'all' : end;
}

/** Whether it is begun again when its host has power again. */
function comesBack({ reboots, begun }: Console): boolean {
  return reboots && begun;
}
