/** One direction of a connection on its way through a network: its parts come in order, each once, however often they are sent. */
import type { ErrnoName } from '../errno.ts';
import type { Parcel } from './network.ts';

/** A part that has not come. */
export interface Moving {
  readonly parcel: Parcel;
  /** When it comes, in kernel seconds, if nothing is in its way. */
  readonly at: number;
}

export class Flow {
  readonly moving: Moving[] = [];
  /** How often the first of them was sent in vain, one after the other; 0: nothing has gone wrong. */
  tries = 0;
  /** Its sender is no more, or has given up: nothing is sent again. */
  over = false;
  timer: { stop(): void } | null = null;
  /** No answer has ever come: Linux gives up sooner. */
  opens = true;
  /** Hears that the network cannot bring it there. */
  readonly fail: (error: ErrnoName) => void;

  constructor(fail: (error: ErrnoName) => void = () => {}) {
    this.fail = fail;
  }

  /** Its sender has lost its memory: what is on its way arrives, what is not is lost. */
  orphan(): void {
    this.over = true;
    if (this.tries > 0) this.abandon();
  }

  /** Drops what has not come. */
  abandon(): void {
    this.over = true;
    this.timer?.stop();
    this.timer = null;
    for (const { parcel } of this.moving.splice(0)) parcel.lost?.();
  }
}
