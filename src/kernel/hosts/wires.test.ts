/** Parcels between hosts: at once, late, in order, again, never. */
import { describe, expect, test } from 'vitest';
import type { ErrnoName } from '../errno.ts';
import { inet } from '../sockets/addresses.ts';
import { Flow } from '../sockets/flow.ts';
import type { Host } from '../sockets/network.ts';
import { type Computer, newComputer } from './computer.ts';
import { PLAIN } from './links.ts';
import type { LinkSpec } from './types.ts';
import { addressOf, Wires } from './wires.ts';

/** Two hosts, a clock that is set by hand, and chance that comes from a list. */
function newWires(link: Partial<LinkSpec> = {}, chances: number[] = []) {
  let now = 0;
  let timers: { readonly at: number; readonly ring: () => void }[] = [];
  const wires = new Wires([{ ...PLAIN, ...link }], {
    get now() {
      return now;
    },
    at: (at, ring) => {
      const timer = { at, ring };
      timers.push(timer);
      return {
        stop: () => {
          timers = timers.filter((other) => other !== timer);
        },
      };
    },
    chance: (bound) => Math.floor((chances.shift() ?? 0.999) * bound),
    passes: () => {},
    throws: () => {},
  });
  const [a, b] = ['a', 'b'].map((name, at): Computer => {
    const computer = Object.assign(newComputer(at, name, addressOf(`10.0.0.${at + 1}`)), {
      sockets: {} as Host as never,
    });
    wires.connect(computer);
    return computer;
  }) as [Computer, Computer];
  const came: string[] = [];
  const send = (what: string, flow: Flow | null, bytes = 0) =>
    wires.carry(a, {
      from: inet(a.address, 1),
      to: inet(b.address, 2),
      bytes,
      flow,
      arrive: () => came.push(`${what} ${Math.round(now * 1e3) / 1e3}`),
      lost: () => came.push(`${what} lost`),
    });
  /** Lets time pass. */
  const until = (time: number) => {
    for (;;) {
      const [next] = timers.sort((one, other) => one.at - other.at);
      if (!next || next.at > time) break;
      timers.shift();
      now = Math.max(now, next.at);
      next.ring();
    }
    now = time;
  };
  return { wires, a, b, send, until, came };
}

test('with nothing in the way all is there at once, connections and datagrams', () => {
  const { send, came } = newWires();
  send('part', new Flow());
  send('datagram', null);
  expect(came).toEqual(['part 0', 'datagram 0']);
});

describe('a connection', () => {
  test('keeps its order, whatever chance does to each part', () => {
    const { send, until, came } = newWires({ latency: 0.1, jitter: 0.1 }, [0.9, 0.1, 0.5]);
    const flow = new Flow();
    for (const part of ['one', 'two', 'three']) send(part, flow);
    until(1);
    expect(came).toEqual(['one 0.19', 'two 0.19', 'three 0.19']);
  });

  test('sends again what is lost: after 0.2 seconds, after 0.4 more; first a second, when it is opened', () => {
    const opened = newWires({ latency: 0.1, loss: 0.5 }, [0.1, 0.1, 0.9, 0.9]);
    const flow = new Flow();
    flow.opens = false;
    opened.send('one', flow);
    opened.send('two', flow);
    opened.until(10);
    expect(opened.came).toEqual(['one 0.7', 'two 0.7']);
    const opening = newWires({ latency: 0.1, loss: 0.5 }, [0.1, 0.9]);
    opening.send('one', new Flow());
    opening.until(10);
    expect(opening.came).toEqual(['one 1.1']);
  });

  test('waits at a narrow link for what was sent before', () => {
    const { send, until, came } = newWires({ latency: 0.1, bandwidth: 1_000 });
    send('one', new Flow(), 934);
    send('other', new Flow(), 434);
    until(10);
    expect(came).toEqual(['one 1.1', 'other 1.6']);
  });

  test('a cut delays it until it heals', () => {
    const { wires, send, until, came } = newWires();
    const flow = new Flow();
    flow.opens = false;
    const heal = wires.links.cut(['b']);
    send('one', flow);
    until(1);
    send('two', flow);
    heal();
    expect(came).toEqual([]);
    until(2);
    expect(came).toEqual(['one 1.4', 'two 1.4']);
  });

  test('what is on its way is caught by a cut, too', () => {
    const { wires, send, until, came } = newWires({ latency: 1 });
    const flow = new Flow();
    send('one', flow);
    until(0.5);
    const heal = wires.links.cut(['a']);
    until(1.5);
    heal();
    until(10);
    // Not there after one second; sent again a second later, as it was the first; under way for one.
    expect(came).toEqual(['one 3']);
  });

  test('gives up: after 127 seconds while it is opened, after 924.6 later', () => {
    for (const [opens, at] of [
      [true, 127],
      [false, 924.6],
    ] as const) {
      const { b, send, until, came } = newWires();
      const failed: ErrnoName[] = [];
      const flow = new Flow((error) => failed.push(error));
      flow.opens = opens;
      b.isUp = false;
      send('one', flow);
      until(at - 0.01);
      expect(failed).toEqual([]);
      until(at + 0.01);
      expect(failed).toEqual(['ETIMEDOUT']);
      expect(came).toEqual(['one lost']);
      b.isUp = true;
      send('two', flow);
      expect(came).toEqual(['one lost', 'two lost']);
    }
  });

  test('what was on its way when its sender lost its power arrives; what had to be sent again does not', () => {
    const { wires, a, send, until, came } = newWires({ latency: 1 });
    const [moving, waiting] = [new Flow(), new Flow()];
    send('moving', moving);
    until(0.5);
    const heal = wires.links.cut(['b']);
    send('waiting', waiting);
    a.isUp = false;
    moving.orphan();
    waiting.orphan();
    heal();
    until(10);
    expect(came).toEqual(['waiting lost', 'moving 1']);
  });
});

describe('datagrams', () => {
  test('are lost, come twice, overtake each other', () => {
    const lossy = newWires({ loss: 0.5 }, [0.1, 0.9]);
    lossy.send('one', null);
    lossy.send('two', null);
    expect(lossy.came).toEqual(['two 0']);
    const twice = newWires({ duplicate: 0.5 }, [0.1]);
    twice.send('one', null);
    expect(twice.came).toEqual(['one 0', 'one 0']);
    const reordered = newWires({ reorder: 0.5 }, [0.1, 0.9]);
    reordered.send('one', null);
    reordered.send('two', null);
    expect(reordered.came).toEqual(['two 0', 'one 0']);
    const late = newWires({ reorder: 0.5 }, [0.1]);
    late.send('one', null);
    late.until(1);
    expect(late.came).toEqual(['one 0.1']);
  });

  test('do not wait for a cut to heal, or a host to come back', () => {
    const { wires, b, send, until, came } = newWires();
    const heal = wires.links.cut(['b']);
    send('one', null);
    heal();
    b.isUp = false;
    send('two', null);
    b.isUp = true;
    until(1_000);
    send('three', null);
    expect(came).toEqual(['three 1000']);
  });

  test('the next one is lost, or comes twice, if that is to happen', () => {
    const { wires, a, send, came } = newWires();
    wires.losing.add(a);
    wires.doubling.add(a);
    for (const word of ['one', 'two', 'three']) send(word, null);
    expect(came).toEqual(['two 0', 'two 0', 'three 0']);
  });
});

test('links: the last that fits counts, and one that is set anew', () => {
  const { wires, send, until, came } = newWires({ latency: 5 });
  wires.links.set({ ...PLAIN, from: 'b', latency: 9 });
  wires.links.set({ ...PLAIN, from: 'a', to: 'b', latency: 2 });
  send('one', new Flow());
  wires.links.set({ ...PLAIN, latency: 1 });
  send('two', new Flow());
  until(10);
  expect(came).toEqual(['two 1', 'one 2']);
});
