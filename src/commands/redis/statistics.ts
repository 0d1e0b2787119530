/** What INFO counts. */
export class Statistics {
  connections = 0;
  rejected = 0;
  commands = 0;
  errors = 0;
  expired = 0;
  hits = 0;
  misses = 0;
  /** Changes since the server began. */
  dirty = 0;
  /** Clients that have said MONITOR. */
  monitors = 0;
  /** Milliseconds since 1970. */
  started = 0;
  pid = 0;
}
