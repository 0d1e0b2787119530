/** What is to happen at a time, unless it is called off: alarm clocks. */

interface Timer {
  readonly at: number;
  readonly ring: () => void;
  stopped: boolean;
}

export class Timers {
  private timers: Timer[] = [];
  /** When the first of them rings, or sooner. */
  private soonest = Number.POSITIVE_INFINITY;

  /** Rings at a time (kernel seconds), unless it is stopped before. */
  at(time: number, ring: () => void): { stop(): void } {
    const timer = { at: time, ring, stopped: false };
    this.timers.push(timer);
    this.soonest = Math.min(this.soonest, time);
    return {
      stop: () => {
        timer.stopped = true;
        this.timers = this.timers.filter((other) => other !== timer);
      },
    };
  }

  /** Rings those whose time has come. */
  ring(now: number): void {
    if (this.soonest > now) return;
    const due = this.timers.filter((timer) => timer.at <= now).sort((a, b) => a.at - b.at);
    this.timers = this.timers.filter((timer) => timer.at > now);
    this.soonest = this.timers.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
    for (const timer of due) if (!timer.stopped) timer.ring();
  }

  get times(): readonly number[] {
    return this.timers.map(({ at }) => at);
  }
}
