/** A sorted set: members by score, and where the scores are equal by their bytes. */

export interface Scored {
  readonly member: string;
  readonly score: number;
}

/** Numbers with or without themselves: `(5`. */
export interface Bound<T> {
  readonly at: T;
  readonly open: boolean;
}

export class SortedSet {
  readonly kind = 'zset';
  private readonly scores = new Map<string, number>();
  private order: Scored[] = [];

  get size(): number {
    return this.order.length;
  }

  members(): Iterable<string> {
    return this.scores.keys();
  }

  score(member: string): number | undefined {
    return this.scores.get(member);
  }

  set(member: string, score: number): void {
    this.delete(member);
    this.scores.set(member, score);
    this.order.splice(this.place(member, score), 0, { member, score });
  }

  delete(member: string): boolean {
    const score = this.scores.get(member);
    if (score === undefined) return false;
    this.scores.delete(member);
    this.order.splice(this.place(member, score), 1);
    return true;
  }

  rank(member: string): number | undefined {
    const score = this.scores.get(member);
    return score === undefined ? undefined : this.place(member, score);
  }

  /** From rank `start` to before `end`. */
  slice(start: number, end: number): readonly Scored[] {
    return this.order.slice(start, end);
  }

  /** Ranks [from, to) of the scores between two bounds. */
  byScore(least: Bound<number>, most: Bound<number>): readonly [number, number] {
    const from = this.first(({ score }) => (least.open ? score > least.at : score >= least.at));
    const to = this.first(({ score }) => (most.open ? score >= most.at : score > most.at));
    return [from, Math.max(from, to)];
  }

  /** Ranks [from, to) of the members between two bounds; only meaningful where all scores are equal. Null: no bound. */
  byMember(least: Bound<string> | null, most: Bound<string> | null): readonly [number, number] {
    const from = least ? this.first(({ member }) => (least.open ? member > least.at : member >= least.at)) : 0;
    const to = most ? this.first(({ member }) => (most.open ? member >= most.at : member > most.at)) : this.size;
    return [from, Math.max(from, to)];
  }

  copy(): SortedSet {
    const other = new SortedSet();
    for (const [member, score] of this.scores) other.scores.set(member, score);
    other.order = [...this.order];
    return other;
  }

  /** Where it is, or would be. */
  private place(member: string, score: number): number {
    return this.first((one) => one.score > score || (one.score === score && one.member >= member));
  }

  /** The lowest rank for which this holds; it holds for all above. */
  private first(holds: (one: Scored) => boolean): number {
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.order[middle] as Scored)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
