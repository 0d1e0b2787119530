/** A thread of a lane that ends it once whoever began it is gone, even while a test that never ends keeps its main thread. */
import process from 'node:process';

const parent = Number(process.argv[2]);

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 500);
