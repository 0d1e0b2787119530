/** The words of a world of several machines: hosts, the terminals on them, the links between them, what can go wrong. */

/** One machine: a name, an address, a disk of its own. */
export interface HostSpec {
  /** Lower-case letters, digits and `-`; what `gethostname` answers, and what others find it by. */
  readonly name: string;
  /** `10.0.0.2`; nobody else's. */
  readonly address: string;
  /** Other names that lead to it: `www.example.com`. */
  readonly aliases?: readonly string[];
  /** What is in its /home/learner when it is new; null: the program's own files. */
  readonly files: Readonly<Record<string, string>> | null;
}

/** A command line on a host, with a screen and a keyboard of its own. */
export interface TerminalSpec {
  /** Unique in the run. */
  readonly name: string;
  readonly host: string;
  /** `['python3', 'task_worker.py']`, `['redis-server', '--appendonly', 'yes']` */
  readonly command: readonly string[];
  readonly stdin?: string;
  /** Kernel seconds after the beginning; null: when the reader says so. */
  readonly start: number | null;
  /** The run does not wait for its end, and whoever waits in it for ever is no deadlock: a server. */
  readonly service: boolean;
  /** The command is run again when its host has come back after a crash. */
  readonly reboots: boolean;
}

/** How one host's parcels come to another. Of the two ends `*` is every host; the last link that fits is the one. */
export interface LinkSpec {
  readonly from: string;
  readonly to: string;
  /** Seconds, one way. */
  readonly latency: number;
  /** Seconds at most that a parcel takes longer, by chance. */
  readonly jitter: number;
  /** Of each datagram, from 0 to 1. A part of a connection is sent again, later. */
  readonly loss: number;
  readonly duplicate: number;
  /** That a datagram is held back until others have overtaken it. */
  readonly reorder: number;
  /** Bytes a second; null: any. */
  readonly bandwidth: number | null;
}

/** Something that a search may let happen, at any point of a run. */
export type FaultSpec =
  /** Power cut: memory is lost, nobody is told, the disk stays. Null: it stays dark. Seconds. */
  | { readonly kind: 'crash'; readonly host: string; readonly backAfter: number | null }
  /** A program is killed (SIGKILL): its connections are closed. Null: it is not run again. Seconds. */
  | { readonly kind: 'kill'; readonly terminal: string; readonly backAfter: number | null }
  /** Nothing passes between these hosts and all others until it heals; null: never. Seconds. */
  | { readonly kind: 'partition'; readonly hosts: readonly string[]; readonly healsAfter: number | null }
  /** The next datagram from this host is lost, or comes twice. */
  | { readonly kind: 'lose' | 'duplicate'; readonly from: string };

/**
 * Several machines, what runs on them, and what is between them. The program's entry runs on the first host. It begins as
 * soon as all that begins at second 0 waits for something: a server that is begun then hears it. Its terminal is called
 * `main` in records, and no other may be.
 *
 * An entry of kind `terminals` means that nothing runs beside the terminals: then the run is over when every terminal has
 * ended that is no service and was started, and it ended with the first exit code, in their order, that is not 0. An
 * interactive run goes on while its reader may still start one.
 */
export interface World {
  readonly hosts: readonly HostSpec[];
  readonly terminals: readonly TerminalSpec[];
  readonly links: readonly LinkSpec[];
  readonly faults?: {
    readonly of: readonly FaultSpec[];
    /** So many of them in one run. */
    readonly most: number;
  };
}

/** What a reader does to a running world. */
export type WorldAct =
  | { readonly act: 'start' | 'kill' | 'restart'; readonly terminal: string }
  | { readonly act: 'crash' | 'boot'; readonly host: string }
  | { readonly act: 'link'; readonly link: LinkSpec }
  /** Cuts these hosts off from all others; none: heals every partition. */
  | { readonly act: 'partition'; readonly hosts: readonly string[] }
  /** The reader has seen enough: the run ends here, as if all that runs had been switched off; its record is kept. */
  | { readonly act: 'end' };

/** What is typed at a terminal: a line, newline included; null: the end of its input. */
export interface Typed {
  readonly act: 'type';
  readonly terminal: string;
  readonly text: string | null;
}

/**
 * What a reader did to a run, and when: so many steps had been taken, and that was the time. Whoever repeats the run does
 * it as soon as so many steps are taken. By then a virtual clock may have gone less far, since it knows only of waiting; while
 * nobody can run it moves on to that time, if nothing else happens before. What comes before all steps has only its time.
 */
export interface ActRecord {
  readonly steps: number;
  readonly time: number;
  readonly act: WorldAct | Typed;
}

/** What a reader of a running world is told at once. */
export type WorldEvent =
  /** A terminal's command begins (`code` null), or has ended with this exit code. */
  | { readonly terminal: string; readonly code: number | null }
  /** A host has lost its power, or has it again. */
  | { readonly host: string; readonly up: boolean };

/** What became of a terminal. */
export interface TerminalRecord {
  readonly name: string;
  readonly host: string;
  /** All that it showed, stdout and stderr as they came. */
  readonly output: string;
  /** Of its last command: Linux's exit code, 128 and more after a signal; null: it still ran, or never did. */
  readonly code: number | null;
}
