/** What a worker has done, in Prometheus' text form, version 0.0.4. */

/** Upper bounds of the histogram, in seconds: an exercise takes from a tenth of a second to minutes. */
const BOUNDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

interface Histogram {
  readonly labels: Readonly<Record<string, string>>;
  /** By bound; not yet summed up. */
  readonly counts: number[];
  count: number;
  sum: number;
}

export class Metrics {
  readonly lanes: number;
  private readonly gradings = new Map<string, Histogram>();
  private busy = 0;
  private stalled = 0;
  private refused = 0;
  private answered = 0;

  constructor(lanes: number) {
    this.lanes = lanes;
  }

  begins(): void {
    this.busy++;
  }

  ends(): void {
    this.busy--;
  }

  /** `verdict`: the verdict's kind, or `broken`. */
  graded(exercise: string, verdict: string, seconds: number): void {
    const key = `${exercise} ${verdict}`;
    let one = this.gradings.get(key);
    if (!one) {
      one = { labels: { exercise, verdict }, counts: BOUNDS.map(() => 0), count: 0, sum: 0 };
      this.gradings.set(key, one);
    }
    const index = BOUNDS.findIndex((bound) => seconds <= bound);
    if (index >= 0) one.counts[index] = (one.counts[index] ?? 0) + 1;
    one.count++;
    one.sum += seconds;
  }

  /** Another worker had it, and did not finish it. */
  stalls(): void {
    this.stalled++;
  }

  refuses(): void {
    this.refused++;
  }

  /** Its result was there already. */
  finds(): void {
    this.answered++;
  }

  text(redisAnswers: boolean): string {
    const lines: string[] = [];
    const family = (name: string, kind: string, help: string) =>
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`);
    const single = (name: string, kind: string, help: string, value: number) => {
      family(name, kind, help);
      lines.push(sample(name, {}, value));
    };
    single('hb_worker_up', 'gauge', 'Always 1: this worker runs.', 1);
    single('hb_worker_redis_up', 'gauge', 'Whether Redis answers this worker.', redisAnswers ? 1 : 0);
    single('hb_worker_lanes', 'gauge', 'Gradings that this worker does at a time.', this.lanes);
    single('hb_worker_lanes_busy', 'gauge', 'Gradings that this worker does now.', this.busy);
    single(
      'hb_worker_jobs_stalled_total',
      'counter',
      'Jobs that this worker found left behind by another.',
      this.stalled,
    );
    single('hb_worker_jobs_refused_total', 'counter', 'Jobs that were not what their key says.', this.refused);
    single('hb_worker_jobs_answered_total', 'counter', 'Jobs whose result was there already.', this.answered);

    const all = [...this.gradings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
    family('hb_gradings_total', 'counter', 'Gradings by exercise and verdict; broken: could not be graded.');
    for (const { labels, count } of all) lines.push(sample('hb_gradings_total', labels, count));
    family('hb_grading_seconds', 'histogram', 'Wall time of a grading.');
    for (const { labels, counts, count, sum } of all) {
      let below = 0;
      for (const [index, bound] of BOUNDS.entries()) {
        below += counts[index] ?? 0;
        lines.push(sample('hb_grading_seconds_bucket', { ...labels, le: String(bound) }, below));
      }
      lines.push(sample('hb_grading_seconds_bucket', { ...labels, le: '+Inf' }, count));
      lines.push(sample('hb_grading_seconds_sum', labels, sum), sample('hb_grading_seconds_count', labels, count));
    }
    return `${lines.join('\n')}\n`;
  }
}

function sample(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const inside = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}${inside.length > 0 ? `{${inside.join(',')}}` : ''} ${value}`;
}

export function escapeLabel(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');
}
