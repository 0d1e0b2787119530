/** All terminals of a run: makes them, and shows the reader what is written there. */
import type { Dispatcher } from '../dispatcher.ts';
import { isFailed } from '../errno.ts';
import { ProcessFiles } from '../files/process-files.ts';
import { Input } from '../input.ts';
import type { Machine } from '../machine.ts';
import type { Program } from '../processes/types.ts';
import { Terminal } from '../terminal.ts';
import { OUTPUT, WRITE } from '../touch.ts';
import type { Pid } from '../types.ts';
import type { Computer } from './computer.ts';
import { type Console, runs } from './console.ts';
import type { Setup } from './setup.ts';
import type { TerminalRecord, TerminalSpec } from './types.ts';

/** The terminal of the program's entry, in records of a world. */
const MAIN = 'main';
/** Of a text that is written, so much is in the trace. */
const RECORDED = 1000;

export class Consoles {
  /** The program's own first, then those of the world. */
  readonly all: readonly Console[];
  private readonly machine: Machine;
  private readonly dispatcher: Dispatcher;
  private readonly computers: readonly Computer[];
  /** They are a world's. */
  private readonly many: boolean;
  private written = 0;

  constructor(machine: Machine, dispatcher: Dispatcher, computers: readonly Computer[], setup: Setup) {
    this.machine = machine;
    this.dispatcher = dispatcher;
    this.computers = computers;
    const { program, world, stdin } = setup;
    this.many = world !== undefined;
    const [first] = computers;
    const own = program && first ? [this.make(program, first, 0, stdin)] : [];
    const others = world?.spec.terminals.map((spec, at) => this.of(spec, world.environment, own.length + at)) ?? [];
    this.all = [...own, ...others];
  }

  get records(): readonly TerminalRecord[] {
    return this.all.map((console) => ({
      name: console.name ?? MAIN,
      host: console.host.name,
      output: console.shown.join(''),
      code: console.begun && !runs(console) ? console.code : null,
    }));
  }

  /** Files of a process at a terminal. */
  filesOf({ host, terminal }: Console, pid: Pid): ProcessFiles {
    const standard = ([0, 1, 2] as const).map((fd) => terminal.open(fd, host.files.tree.base.born));
    return ProcessFiles.boot(host.files, pid, standard);
  }

  show(console: Console, fd: 1 | 2, text: string): void {
    const { dispatcher } = this;
    this.written += text.length;
    const { output } = dispatcher.options.limits;
    if (this.written > output) {
      dispatcher.finish({ kind: 'limit', limit: 'output', bound: output });
      return;
    }
    // Of a world's terminals it is told in which order both came.
    dispatcher.touch(OUTPUT, WRITE, this.many ? console.index + 3 : fd);
    if (this.many) console.shown.push(text);
    if (dispatcher.current) dispatcher.record(dispatcher.current, { kind: 'write', fd, text: text.slice(0, RECORDED) });
    this.machine.output(fd, text, console.name);
  }

  private of(spec: TerminalSpec, environment: Program['environment'], index: number): Console {
    const host = this.computers.find(({ name }) => name === spec.host) as Computer;
    const [name = ''] = spec.command;
    const folder = ['/usr/bin', '/bin'].find((path) => !isFailed(host.files.tree.lookup(`${path}/${name}`)));
    const path = name.includes('/') ? name : `${folder ?? '/usr/bin'}/${name}`;
    return this.make({ path, argv: spec.command, environment }, host, index, spec.stdin ?? '', spec);
  }

  private make(program: Program, host: Computer, index: number, stdin: string, spec?: TerminalSpec): Console {
    // What was typed at a run that is repeated comes as an act; where nobody typed, somebody waited.
    const input = new Input(stdin, this.dispatcher.options.interactive);
    const console: Console = {
      name: spec?.name ?? null,
      index,
      host,
      program,
      service: spec?.service ?? false,
      reboots: spec?.reboots ?? false,
      terminal: new Terminal(input, this.machine, (fd, text) => this.show(console, fd, text)),
      process: null,
      begun: false,
      stopped: false,
      awaited: 0,
      code: null,
      shown: [],
    };
    return console;
  }
}
