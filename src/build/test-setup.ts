/** Before the first test: the engine's files, made once for all test processes. */
import { buildEngine } from './engine.ts';

export default async function setup(): Promise<void> {
  await buildEngine((line) => console.log(line));
}
