/** How far a grading has come: a bar in a terminal, elsewhere a line now and then. On stderr. */
import { SingleBar } from 'cli-progress';

export interface Progress {
  /** One more is graded. */
  step(): void;
  end(): void;
}

/** Of a hundred: how often a line is printed where there is no terminal. */
const EVERY = 10;

export function openProgress(total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  const began = performance.now();
  let done = 0;
  const pace = () => {
    const rate = done / Math.max(0.001, (performance.now() - began) / 1000);
    return { rate: rate.toFixed(1), left: done === 0 ? '?' : shownTime((total - done) / rate) };
  };
  if (!stream.isTTY) {
    let told = 0;
    return {
      step() {
        done++;
        const percent = Math.floor((done * 100) / total / EVERY) * EVERY;
        if (percent <= told) return;
        told = percent;
        const { rate, left } = pace();
        stream.write(`hb: graded ${done} of ${total}, ${rate} a second${done < total ? `, about ${left} left` : ''}\n`);
      },
      end() {},
    };
  }
  const bar = new SingleBar({
    format: 'grading {bar} {value}/{total} · {rate} a second · {left} left',
    stream,
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 50,
  });
  bar.start(total, 0, pace());
  return {
    step() {
      done++;
      bar.update(done, pace());
    },
    end: () => bar.stop(),
  };
}

function shownTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
