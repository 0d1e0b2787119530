/** When a run is over and how it ended: no terminal has anything to do any more, or nobody will ever run again. */
import type { Dispatcher } from '../dispatcher.ts';
import type { Process } from '../process.ts';
import type { ProcessTable } from '../processes/process-table.ts';
import { codeOf } from '../processes/signals.ts';
import type { Outcome, StuckTask } from '../types.ts';
import type { Cluster } from './cluster.ts';
import { type Console, isOver, runs } from './console.ts';
import type { Setup } from './setup.ts';

/** Seconds that processes may live on after the program's first one has ended, by each clock. */
const AFTERLIFE = { virtual: 60, real: 5 } as const;
/** The exit code of the program's entry when its host has lost its power. */
const VANISHED = 137;

export class Ending {
  /** The program waits until all that began before it waits. */
  waiting = false;
  private readonly dispatcher: Dispatcher;
  private readonly table: ProcessTable;
  private readonly consoles: readonly Console[];
  private readonly cluster: Cluster | null;
  private readonly setup: Setup;
  /** How the program's first process ended. */
  private main: Outcome | null = null;
  /** The run ends in a while, whoever still runs. */
  private leaving = false;
  /** The reader of an interactive run has gone. */
  private isLeft = false;

  constructor(
    dispatcher: Dispatcher,
    table: ProcessTable,
    consoles: readonly Console[],
    cluster: Cluster | null,
    setup: Setup,
  ) {
    this.dispatcher = dispatcher;
    this.table = table;
    this.consoles = consoles;
    this.cluster = cluster;
    this.setup = setup;
  }

  /** Somebody sits before the machines of a world, and may do something to them. */
  get isHelped(): boolean {
    const { setup, dispatcher } = this;
    return dispatcher.options.interactive && setup.world?.acts === null && !this.isLeft;
  }

  /** How the run ends if nothing else is to be said. */
  get result(): Outcome {
    const codes = this.consoles.map((console) => (console.service ? 0 : (console.code ?? 0)));
    return this.main ?? { kind: 'exit', code: codes.find((code) => code !== 0) ?? 0 };
  }

  /** The program's first process ends itself, with more to tell than a code. */
  mainEnds(outcome: Outcome): void {
    this.main = outcome;
  }

  /** The reader of an interactive run goes. */
  leave(): void {
    this.isLeft = true;
    // Before it has begun nothing is over.
    if (this.cluster && this.dispatcher.tasks.length > 0) this.conclude();
  }

  ended(process: Process): void {
    const { console } = process;
    if (console?.process === process) this.isEnded(console, codeOf(process.status));
    else this.conclude();
  }

  /** A terminal's command has vanished with its host. */
  vanished(console: Console): void {
    this.isEnded(console, null);
  }

  /** The run is over when no terminal has anything to do, and what they have begun has ended, or some time has passed. */
  conclude(): void {
    const { dispatcher } = this;
    if (dispatcher.outcome !== null || this.waiting || !this.consoles.every(isOver) || this.isAwaited) return;
    if (!this.table.live.some(({ console }) => !console?.service)) {
      dispatcher.finish(this.result);
      return;
    }
    if (this.leaving) return;
    this.leaving = true;
    dispatcher.at(dispatcher.time + AFTERLIFE[dispatcher.options.clock], () => {
      this.leaving = false;
      if (this.consoles.every(isOver)) dispatcher.finish(this.result);
    });
  }

  /** Nobody will ever run again. That is how servers wait; and what the program has left behind is nobody's concern. */
  stuck(stuck: readonly StuckTask[]): Outcome {
    const waits = ({ task }: StuckTask) => {
      const console = this.dispatcher.tasks[task - 1]?.process.console;
      return console && !console.service && runs(console);
    };
    const blamed = stuck.filter(waits);
    if (blamed.length > 0) return { kind: 'deadlock', stuck: blamed };
    return this.main || this.cluster ? this.result : { kind: 'deadlock', stuck };
  }

  private isEnded(console: Console, code: number | null): void {
    if (console.name === null) this.main ??= { kind: 'exit', code: code ?? VANISHED };
    this.cluster?.ended(console, code);
    this.conclude();
  }

  /** The reader may still begin what has never run, or what they have stopped. */
  private get isAwaited(): boolean {
    const { setup, cluster, consoles } = this;
    if (!this.isHelped && cluster?.repeats !== true) return false;
    return consoles.some(
      ({ begun, stopped, service, reboots, host }) =>
        (setup.program === null && (!begun || stopped)) || (begun && reboots && !service && !host.isUp),
    );
  }
}
