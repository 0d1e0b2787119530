/** Puts a Python and an outpost's kernel together: from here on it is one process of a run elsewhere. */
import type { FileTree } from '../../kernel/files/file-tree.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { LockId, Scheduler, TaskId } from '../../kernel/types.ts';
import type { Execution, Host } from '../execution.ts';
import { History, newRoom, type Room } from '../history.ts';
import { NAMES } from '../names.ts';
import type { Origin, PythonImage } from '../python-image.ts';
import type { Report } from '../report.ts';
import { SharedRegions } from '../shared-regions.ts';
import { SocketNames } from '../syscalls/socket-names.ts';
import type { Beginning, FromOutpost, ToOutpost } from './messages.ts';
import { Outpost } from './outpost.ts';

export interface Shape {
  readonly commuting: ReadonlySet<LockId>;
  /** What the process would see if its calls did not go elsewhere. */
  readonly files: FileTree;
  readonly host: Host;
}

export interface Voice {
  post(message: FromOutpost): void;
  alive(): void;
}

/** The image has been reset, and is nobody's. */
export function serve(
  image: PythonImage,
  { beginning, patches }: ToOutpost & { readonly kind: 'begin' },
  shape: Shape,
  { post, alive }: Voice,
): Outpost {
  const { host } = shape;
  const { pid, model, limits, born } = beginning;
  const elapsed = () => host.date() - born;
  let report: Report | null = null;
  const room = newRoom();
  const options = { model, limits, clock: 'real', trace: false, interactive: false, observe: false } as const;
  const numberOf = (task: TaskId) => outpost.whose(task).number;
  const machine: Machine = {
    runs: () => false,
    refuses: () => null,
    load() {},
    copy: () => 0,
    unload() {},
    tells: () => false,
    start: (task) => image.start(numberOf(task)),
    resume: (task) => image.resumeTask(numberOf(task)),
    locate: (task) => image.locate(numberOf(task)),
    idle: (until) => outpost.idle(until),
    happens: () => {},
    output() {},
    encode: () => new Uint8Array(),
    decode: () => '',
    elapsed,
    steps() {},
    finished: (outcome) => {
      outpost.close();
      const { found } = image.tampering;
      post({ kind: 'ended', outcome, report, tampered: found, steps: outpost.steps });
    },
  };
  const outpost: Outpost = new Outpost(
    machine,
    new InTurn(beginning.seed),
    { ...options, commuting: shape.commuting },
    shape.files,
    beginning,
    {
      post,
      elapsed,
      after: (seconds, then) => host.after(seconds, then),
      here: () => image.here(),
      told: () => image.told,
      publish: () => image.sharing.publish(),
      refresh: () => image.sharing.refresh(),
    },
  );
  const execution = {
    files: Object.fromEntries(beginning.files.map((path) => [path, ''])),
    options,
    shuffled: false,
    alive,
  } as unknown as Execution;
  image.begin(
    {
      kernel: outpost,
      execution,
      pid,
      names: new SocketNames(),
      nameTable: NAMES,
      elsewhere: outpost.elsewhere,
      share: (fd, offset, bytes) => outpost.shares.map(fd, offset, bytes),
      elapsed,
      room,
      mayTake: (bytes) => bytes <= limits.memory,
      broke: (_, why) => {
        post({
          kind: 'ended',
          outcome: {
            kind: 'exception',
            type: 'SystemError',
            message: `Python itself crashed: ${String(why)}`,
            at: null,
          },
          report: null,
          tampered: null,
          steps: outpost.steps,
        });
      },
      reports: (said) => {
        report = said;
      },
    },
    originOf(image, beginning, outpost, room),
  );
  outpost.shares.apply(patches);
  outpost.boot();
  return outpost;
}

function originOf(image: PythonImage, { origin }: Beginning, outpost: Outpost, room: Room): Origin {
  if (origin.kind === 'program') return origin;
  const { history, shares } = origin.past;
  const regions = shares.map(({ share, ...region }) => ({
    ...region,
    file: outpost.shares.inherit({ share, ...region }),
  }));
  return { kind: 'copy', history: History.from(history, room), shared: new SharedRegions(image.py, regions) };
}

/** Whoever has waited longest; which process computes when is not ours to choose. */
class InTurn implements Scheduler {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  nextRun(): null {
    return null;
  }

  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: string): TaskId {
    return current !== null && why !== 'yield' ? current : (runnable[0] as TaskId);
  }

  nextInt(bound: number): number {
    // Lehmer's generator: processes must not all draw the same names for their files.
    this.state = (this.state * 48_271 + 11) % 2_147_483_647;
    return this.state % bound;
  }
}
