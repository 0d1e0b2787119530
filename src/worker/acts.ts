/** What a reader may do to a running world: data from outside, refused before it reaches the kernel. */
import type { ActRecord, LinkSpec, Typed, World, WorldAct } from '../kernel/hosts/types.ts';

/** Of one run: nobody clicks or types more often than this. */
export const MOST_ACTS = 10_000;
/** Characters typed at once. */
const LONGEST_LINE = 1_000_000;
/** Seconds of latency, bytes a second. */
const LONGEST_DELAY = 60;
const WIDEST = 1e12;
/** Of a record: no run takes more. */
const LATEST = 1e12;

/** The act as what it says it is, with nothing beside; null if this world has no such thing or a number is none. */
export function checkAct(act: unknown, world: World): WorldAct | Typed | null {
  if (typeof act !== 'object' || act === null) return null;
  const { act: what, terminal, host, text, link, hosts } = act as Record<string, unknown>;
  const isHost = (name: unknown) => world.hosts.some((one) => one.name === name);
  const isTerminal = (name: unknown) => world.terminals.some((one) => one.name === name);
  switch (what) {
    case 'start':
    case 'kill':
    case 'restart':
      return isTerminal(terminal) ? { act: what, terminal: terminal as string } : null;
    case 'type': {
      const fits = text === null || (typeof text === 'string' && text.length <= LONGEST_LINE);
      return isTerminal(terminal) && fits
        ? { act: what, terminal: terminal as string, text: text as string | null }
        : null;
    }
    case 'crash':
    case 'boot':
      return isHost(host) ? { act: what, host: host as string } : null;
    case 'partition':
      return Array.isArray(hosts) && hosts.length <= world.hosts.length && hosts.every(isHost)
        ? { act: what, hosts: [...hosts] }
        : null;
    case 'end':
      return { act: what };
    case 'link': {
      const checked = checkLink(link, isHost);
      return checked && { act: what, link: checked };
    }
    default:
      return null;
  }
}

/** Records of acts, as a link brings them; null if one of them is none. They come in the order in which they were done. */
export function checkActs(acts: readonly unknown[], world: World): readonly ActRecord[] | null {
  const checked: ActRecord[] = [];
  for (const record of acts) {
    if (typeof record !== 'object' || record === null || checked.length >= MOST_ACTS) return null;
    const { steps, time, act } = record as Record<string, unknown>;
    const done = checkAct(act, world);
    const before = checked.at(-1);
    if (!done || !isWithin(steps, before?.steps ?? 0, LATEST) || !Number.isInteger(steps)) return null;
    if (!isWithin(time, before?.time ?? 0, LATEST)) return null;
    checked.push({ steps, time, act: done });
  }
  return checked;
}

function checkLink(link: unknown, isHost: (name: unknown) => boolean): LinkSpec | null {
  if (typeof link !== 'object' || link === null) return null;
  const { from, to, latency, jitter, loss, duplicate, reorder, bandwidth } = link as Record<string, unknown>;
  if (![from, to].every((end) => end === '*' || isHost(end))) return null;
  if (!isWithin(latency, 0, LONGEST_DELAY) || !isWithin(jitter, 0, LONGEST_DELAY)) return null;
  if (!isWithin(loss, 0, 1) || !isWithin(duplicate, 0, 1) || !isWithin(reorder, 0, 1)) return null;
  if (bandwidth !== null && !isWithin(bandwidth, 1, WIDEST)) return null;
  return { from: from as string, to: to as string, latency, jitter, loss, duplicate, reorder, bandwidth };
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}
