/** `--lanes N`, of the commands that grade on this machine. */
import { Usage } from '../usage.ts';

/** More than that no machine has processors for. */
const MOST_LANES = 512;

/** `command`: for the message. Throws Usage. */
export function readLanes(command: string, text: string): number {
  const lanes = Number(text);
  if (Number.isInteger(lanes) && lanes >= 1 && lanes <= MOST_LANES) return lanes;
  throw new Usage(`${command}: --lanes ${text} is not a number from 1 to ${MOST_LANES}.`);
}
