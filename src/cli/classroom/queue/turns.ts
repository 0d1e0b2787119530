/**
 * Which of the jobs that a worker holds is graded next. No two students' code runs in the same engine, and a new engine costs as
 * much as a quick grading: so a worker takes one student's answers after the other's, as many students at a time as it has lanes.
 * And what was left behind by a worker that died is graded alone: if it is what ends workers, it takes no others along.
 */

interface Turn {
  readonly whose: string;
  readonly go: (now: boolean) => void;
}

export class Turns {
  private readonly lanes: number;
  /** In the order in which they came. */
  private readonly held: Turn[] = [];
  /** Whose answers are being graded. */
  private readonly running: string[] = [];
  private alone = false;
  private ended = false;

  constructor(lanes: number) {
    this.lanes = lanes;
  }

  /** Jobs that are held or being graded. */
  get count(): number {
    return this.held.length + this.running.length;
  }

  /** Whether another student's answers could begin. */
  get hasRoom(): boolean {
    return !this.ended && !this.alone && this.students.size < this.lanes;
  }

  /** False: it has to wait until others are done, here or elsewhere. */
  admits(whose: string, alone: boolean): boolean {
    if (alone) return !this.ended && this.count === 0;
    return this.hasRoom || (!this.ended && !this.alone && this.students.has(whose));
  }

  /** Only what is admitted. Resolves when it is its turn; with false if it never will be: the worker ends. */
  enter(whose: string, alone: boolean): Promise<boolean> {
    this.alone = alone;
    return new Promise((go) => {
      this.held.push({ whose, go });
      this.next(whose);
    });
  }

  /** After it was its turn. */
  leave(whose: string): void {
    this.running.splice(this.running.indexOf(whose), 1);
    if (this.count === 0) this.alone = false;
    this.next(whose);
  }

  /** What has not begun will not. */
  end(): void {
    this.ended = true;
    for (const { go } of this.held.splice(0)) go(false);
  }

  private get students(): Set<string> {
    return new Set([...this.running, ...this.held.map(({ whose }) => whose)]);
  }

  /** The student's whose lane is free; else one whom no lane is at; else the first. */
  private next(whose: string): void {
    if (this.running.length >= this.lanes) return;
    const find = (fits: (turn: Turn) => boolean) => this.held.findIndex(fits);
    let at = find((turn) => turn.whose === whose);
    if (at < 0) at = find((turn) => !this.running.includes(turn.whose));
    const [turn] = this.held.splice(Math.max(0, at), 1);
    if (!turn) return;
    this.running.push(turn.whose);
    turn.go(true);
  }
}
