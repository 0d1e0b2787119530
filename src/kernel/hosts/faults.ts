/** What may happen to a world at any moment of a run, as tasks among which the scheduler chooses. */
import type { Dispatcher } from '../dispatcher.ts';
import type { Process } from '../process.ts';
import { newTask, type Task } from '../task.ts';
import { hostObject, NETWORK, SHARED_MEMORY, type Touches, WRITE } from '../touch.ts';
import type { Cluster } from './cluster.ts';
import { runs } from './console.ts';
import type { FaultSpec, World } from './types.ts';

/** Nobody's process, in traces. */
const NOBODY = 0;
/** That so many may still strike: which one does decides about the others. */
const BUDGET = -1;

export class Faults {
  private readonly specs = new Map<Task, FaultSpec>();
  private readonly cluster: Cluster;
  private readonly dispatcher: Dispatcher;
  private left: number;
  /** Null: to be found out again. */
  private known: readonly Task[] | null = null;

  constructor(cluster: Cluster, dispatcher: Dispatcher, { of, most }: NonNullable<World['faults']>, nobody: Process) {
    this.cluster = cluster;
    this.dispatcher = dispatcher;
    this.left = most;
    for (const spec of of) {
      const task = newTask(dispatcher.tasks.length + 1, nobody, 0, 0);
      dispatcher.recorder.task(task.id, NOBODY, nameOf(spec));
      dispatcher.addFault(task, this.touchesOf(spec));
      this.specs.set(task, spec);
    }
  }

  able(): readonly Task[] {
    this.known ??=
      this.left > 0 ? [...this.specs].filter(([, spec]) => this.mayStrike(spec)).map(([task]) => task) : [];
    return this.known;
  }

  /** Something has happened to the world. */
  reconsider(): void {
    this.known = null;
  }

  strike(task: Task): void {
    const spec = this.specs.get(task);
    if (!spec) return;
    const { dispatcher } = this;
    this.left--;
    this.reconsider();
    const touches = this.touchesOf(spec);
    for (let n = 0; n < touches.length; n += 3) dispatcher.touch(touches[n] ?? 0, touches[n + 2] ?? 0, touches[n + 1]);
    dispatcher.record(task, {
      kind: 'world',
      what: nameOf(spec),
      ...(spec.kind === 'crash' && { crashed: spec.host }),
    });
    this.carryOut(spec, task);
  }

  private mayStrike(spec: FaultSpec): boolean {
    const { cluster } = this;
    switch (spec.kind) {
      case 'crash':
        return cluster.computer(spec.host)?.isUp ?? false;
      case 'kill': {
        const console = cluster.console(spec.terminal);
        return console !== null && runs(console);
      }
      case 'partition':
        return !cluster.wires.links.isCut(spec.hosts);
      default: {
        const host = cluster.computer(spec.from);
        return host !== null && !cluster.wires.losing.has(host) && !cluster.wires.doubling.has(host);
      }
    }
  }

  /** What it changes by itself; beside that there is what follows from it, such as the end of connections. */
  private touchesOf(spec: FaultSpec): Touches {
    const { cluster } = this;
    const budget = [hostObject(BUDGET), 0, WRITE];
    switch (spec.kind) {
      case 'crash':
        return [hostObject(cluster.computer(spec.host)?.index ?? 0), 0, WRITE, ...budget];
      case 'kill':
        // Others on its host see what it did last.
        return [
          hostObject(cluster.console(spec.terminal)?.host.index ?? 0),
          0,
          WRITE,
          SHARED_MEMORY,
          0,
          WRITE,
          ...budget,
        ];
      case 'partition':
        return [NETWORK, 0, WRITE, ...budget];
      default:
        return [NETWORK, (cluster.computer(spec.from)?.index ?? 0) + 1, WRITE, ...budget];
    }
  }

  private carryOut(spec: FaultSpec, task: Task): void {
    const { cluster, dispatcher } = this;
    const later = (seconds: number | null, what: string, then: () => void) => {
      if (seconds === null) return;
      dispatcher.at(dispatcher.time + seconds, () => {
        dispatcher.recorder.record(task.id, dispatcher.time, { kind: 'world', what }, null);
        then();
        this.reconsider();
      });
    };
    switch (spec.kind) {
      case 'crash': {
        const host = cluster.computer(spec.host);
        if (!host) return;
        const back = cluster.crash(host, spec.backAfter !== null);
        later(spec.backAfter, `return of ${spec.host}`, back);
        return;
      }
      case 'kill': {
        const console = cluster.console(spec.terminal);
        if (!console) return;
        if (spec.backAfter !== null) cluster.await(console, spec.backAfter);
        cluster.kill(console);
        return;
      }
      case 'partition': {
        const heal = cluster.wires.links.cut(spec.hosts);
        later(spec.healsAfter, `end of the ${nameOf(spec)}`, heal);
        return;
      }
      default: {
        const host = cluster.computer(spec.from);
        if (!host) return;
        (spec.kind === 'lose' ? cluster.wires.losing : cluster.wires.doubling).add(host);
      }
    }
  }
}

/** `crash of worker1` */
export function nameOf(spec: FaultSpec): string {
  switch (spec.kind) {
    case 'crash':
      return `crash of ${spec.host}`;
    case 'kill':
      return `kill of ${spec.terminal}`;
    case 'partition':
      return `partition of ${spec.hosts.join(' and ')}`;
    case 'lose':
      return `loss of a datagram from ${spec.from}`;
    default:
      return `doubling of a datagram from ${spec.from}`;
  }
}
