/** One connection of httpd: what has come, what is to be sent, and when its patience is over. */
import { isFailed } from '../../kernel/errno.ts';
import { type Fd, POLL } from '../../kernel/files/types.ts';
import { MSG, SHUT, type SocketCalls } from '../../kernel/sockets/types.ts';
import { BLOCK, joined, wait } from '../program.ts';
import type { Calling, CommandProcess } from '../types.ts';
import type { Answer } from './answer.ts';
import { type Head, parseHead } from './request.ts';

/**
 * `reading`: a head is to come. `thinking`: it is here, its answer waits for its time. `sending`: the answer leaves.
 * `hanging`: there will be none. `leaving`: all is sent, and what the client still says is thrown away, lest the end of
 * the connection overtake the answer. `over`: it is to be closed.
 */
export type State = 'reading' | 'thinking' | 'sending' | 'hanging' | 'leaving' | 'over';

/** Bytes that are thrown away of a client that talks on. */
const MOST_IGNORED = 1024 * 1024;

export class Connection {
  readonly fd: Fd;
  /** The client's address. */
  readonly peer: string;
  state: State = 'reading';
  /** The clock's seconds at which something is to happen with it; null: only when something comes. */
  deadline: number | null = null;
  /** The request that is being answered. */
  head: Head | null = null;
  served = 0;
  private readonly calls: CommandProcess['calls'];
  private readonly sockets: SocketCalls;
  private input: Uint8Array = new Uint8Array(0);
  /** Bytes of a request's body that are still to come. */
  private skip = 0;
  private ignored = 0;
  private rest: Uint8Array = new Uint8Array(0);
  private file: { readonly fd: Fd; left: number } | null = null;
  private stays = true;

  constructor(calls: CommandProcess['calls'], sockets: SocketCalls, fd: Fd, peer: string) {
    this.calls = calls;
    this.sockets = sockets;
    this.fd = fd;
    this.peer = peer;
  }

  /** What `poll` is to tell of it. */
  get events(): number {
    if (this.state === 'sending') return POLL.OUT;
    return this.state === 'thinking' || this.state === 'over' ? 0 : POLL.IN;
  }

  /** Whether something of a request has come that is not all here. */
  get begun(): boolean {
    return this.input.length > 0 || this.skip > 0;
  }

  *receive(): Calling<void> {
    const received = yield* wait(this.sockets.receive(this.fd, BLOCK, 0, MSG.DONTWAIT));
    if (isFailed(received)) {
      if (received.errno !== 'EAGAIN' && received.errno !== 'EINTR') this.state = 'over';
      return;
    }
    const { bytes } = received;
    if (bytes.length === 0) this.state = 'over';
    else if (this.state === 'reading') this.input = this.input.length > 0 ? joined([this.input, bytes]) : bytes;
    else if (this.state === 'leaving') {
      this.ignored += bytes.length;
      if (this.ignored > MOST_IGNORED) this.state = 'over';
    }
  }

  /** The next request, if all of it is here. */
  next(): Head | null {
    const skipped = Math.min(this.skip, this.input.length);
    this.skip -= skipped;
    this.input = this.input.subarray(skipped);
    if (this.skip > 0 || this.input.length === 0) return null;
    const head = parseHead(this.input);
    if (!head) return null;
    this.input = this.input.slice(head.size);
    if ('body' in head.request) this.skip = head.request.body;
    return head;
  }

  /** Begins to send. */
  answer(head: Uint8Array, { text, file, size }: Answer, stays: boolean): void {
    this.state = 'sending';
    this.stays = stays;
    this.rest = text.length > 0 ? joined([head, text]) : head;
    this.file = file === null ? null : { fd: file, left: size };
  }

  /** Sends what the client takes now. */
  *send(): Calling<void> {
    for (;;) {
      if (this.rest.length === 0 && !(yield* this.more())) break;
      const message = { bytes: this.rest, to: null, files: [] };
      const count = yield* wait(this.sockets.send(this.fd, message, MSG.NOSIGNAL | MSG.DONTWAIT));
      if (isFailed(count)) {
        if (count.errno === 'EINTR') continue;
        if (count.errno !== 'EAGAIN') this.state = 'over';
        return;
      }
      this.rest = this.rest.subarray(count);
    }
    if (this.state !== 'sending') return;
    this.head = null;
    this.served++;
    this.state = this.stays ? 'reading' : 'leaving';
    if (!this.stays) this.sockets.shutdown(this.fd, SHUT.WR);
  }

  /** The next part of the file, if there is one. */
  private *more(): Calling<boolean> {
    const { file } = this;
    if (!file) return false;
    const bytes = file.left > 0 ? yield* wait(this.calls.read(file.fd, Math.min(file.left, BLOCK), null)) : null;
    if (bytes && !isFailed(bytes) && bytes.length > 0) {
      file.left -= bytes.length;
      this.rest = bytes;
      return true;
    }
    // It has become shorter than was promised: only the end of the connection can say so.
    if (file.left > 0) this.state = 'over';
    yield* wait(this.calls.close(file.fd));
    this.file = null;
    return false;
  }

  *close(): Calling<void> {
    this.state = 'over';
    if (this.file) yield* wait(this.calls.close(this.file.fd));
    yield* wait(this.calls.close(this.fd));
  }
}
