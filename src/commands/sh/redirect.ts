/** Redirections: what they do to the shell's own descriptors, and how that is undone. */
import { type Failed, isFailed } from '../../kernel/errno.ts';
import { type Fd, O } from '../../kernel/files/types.ts';
import { wait, writeAll } from '../program.ts';
import { reason } from '../reasons.ts';
import { encode } from '../text.ts';
import type { Calling } from '../types.ts';
import type { Redirect } from './ast.ts';
import type { Expander } from './expand.ts';
import type { Shell } from './shell.ts';

/** The shell's own descriptors begin here. */
const OWN = 10;
/** What fits into a pipe without a reader for certain: dash's bound, too. */
const PIPE = 4096;

/** A redirection that cannot be made; the text is dash's. */
export class BadRedirect extends Error {}

/** Descriptors that a piece gets beside its redirections: [the shell's, the piece's]. */
export type Connections = readonly (readonly [Fd, Fd])[];

/** What descriptors were before. */
export class Redirections {
  private readonly shell: Shell;
  private readonly expander: Expander;
  /** Null: it was closed. */
  private readonly before = new Map<Fd, Fd | null>();

  constructor(shell: Shell, expander: Expander) {
    this.shell = shell;
    this.expander = expander;
  }

  /** Throws BadRedirect. */
  *apply(connections: Connections, redirects: readonly Redirect[]): Calling<void> {
    for (const [fd, to] of connections) this.put(fd, to);
    for (const redirect of redirects) yield* this.one(redirect);
  }

  undo(): void {
    const { calls } = this.shell;
    for (const [fd, saved] of [...this.before].reverse()) {
      if (saved === null) calls.close(fd);
      else {
        calls.duplicateTo(saved, fd, false);
        calls.close(saved);
      }
    }
    this.before.clear();
  }

  /** They stay: `exec >file`. */
  keep(): void {
    for (const saved of this.before.values()) if (saved !== null) this.shell.calls.close(saved);
    this.before.clear();
  }

  private *one({ operator, fd, target }: Redirect): Calling<void> {
    const { shell, expander } = this;
    if (operator === '<<') return yield* this.document(yield* expander.text(target), fd ?? 0);
    const text = yield* expander.text(target);
    if (operator === '<<<') return yield* this.document(`${text}\n`, fd ?? 0);
    if (operator === '<&' || operator === '>&') {
      const to = fd ?? (operator === '<&' ? 0 : 1);
      if (text === '-') {
        this.save(to);
        shell.calls.close(to);
      } else if (/^\d{1,9}$/.test(text)) {
        // A descriptor of the shell's own is none of the script's.
        if (Number(text) >= OWN || isFailed(shell.calls.flags(Number(text)))) {
          throw new BadRedirect(`${text}: Bad file descriptor`);
        }
        this.put(Number(text), to);
      } else throw new BadRedirect('Bad fd number');
      return;
    }
    const flags = {
      '<': O.RDONLY,
      '>': O.WRONLY | O.CREAT | O.TRUNC,
      '>|': O.WRONLY | O.CREAT | O.TRUNC,
      '&>': O.WRONLY | O.CREAT | O.TRUNC,
      '>>': O.WRONLY | O.CREAT | O.APPEND,
      '&>>': O.WRONLY | O.CREAT | O.APPEND,
      '<>': O.RDWR | O.CREAT,
    }[operator];
    const opened = yield* wait(shell.calls.open(null, text, flags | O.CLOEXEC, 0o666));
    if (isFailed(opened)) throw new BadRedirect(refusal(text, operator === '<', opened));
    this.take(opened, fd ?? (operator.startsWith('<') ? 0 : 1));
    if (operator.startsWith('&')) this.put(1, 2);
  }

  /** A here-document is a pipe that holds it, or a file that has no name any more. */
  private *document(text: string, to: Fd): Calling<void> {
    const { calls } = this.shell;
    const bytes = encode(text);
    const failing = (why: Failed) => new BadRedirect(`here-document: ${reason(why)}`);
    if (bytes.length <= PIPE) {
      const pipe = calls.pipe(O.CLOEXEC);
      if (isFailed(pipe)) throw failing(pipe);
      const failure = yield* writeAll(calls, pipe[1], bytes);
      calls.close(pipe[1]);
      if (failure) throw failing(failure);
      this.take(pipe[0], to);
      return;
    }
    const path = `/tmp/.sh-${calls.pid()}`;
    const fd = yield* wait(calls.open(null, path, O.RDWR | O.CREAT | O.EXCL | O.CLOEXEC, 0o600));
    if (isFailed(fd)) throw failing(fd);
    calls.remove(null, path, false);
    const failure = yield* writeAll(calls, fd, bytes);
    if (failure) {
      calls.close(fd);
      throw failing(failure);
    }
    calls.seek(fd, 0, 0);
    this.take(fd, to);
  }

  /** `to` becomes what `fd` is, and `fd` is gone. */
  private take(fd: Fd, to: Fd): void {
    const { calls } = this.shell;
    if (fd === to) {
      // It was closed, so that the file got this very number.
      if (!this.before.has(to)) this.before.set(to, null);
      calls.setCloseOnExec(fd, false);
      return;
    }
    this.put(fd, to);
    calls.close(fd);
  }

  private put(fd: Fd, to: Fd): void {
    if (fd === to) return;
    this.save(to);
    this.shell.calls.duplicateTo(fd, to, false);
  }

  private save(fd: Fd): void {
    if (this.before.has(fd)) return;
    const saved = this.shell.calls.duplicate(fd, OWN, true);
    this.before.set(fd, isFailed(saved) ? null : saved);
  }
}

function refusal(path: string, reads: boolean, why: Failed): string {
  if (reads) return `cannot open ${path}: ${why.errno === 'ENOENT' ? 'No such file' : reason(why)}`;
  return `cannot create ${path}: ${why.errno === 'ENOENT' ? 'Directory nonexistent' : reason(why)}`;
}

/** A pipe whose ends are out of the way of what scripts call by number. */
export function highPipe(shell: Shell): readonly [Fd, Fd] | Failed {
  const { calls } = shell;
  const pipe = calls.pipe(O.CLOEXEC);
  if (isFailed(pipe)) return pipe;
  const high = pipe.map((fd) => calls.duplicate(fd, OWN, true));
  for (const fd of pipe) calls.close(fd);
  const [from, to] = high;
  if (from === undefined || to === undefined) return { errno: 'EMFILE' };
  if (!isFailed(from) && !isFailed(to)) return [from, to];
  for (const fd of high) if (!isFailed(fd)) calls.close(fd);
  return { errno: 'EMFILE' };
}
