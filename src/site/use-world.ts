/** The machines on which a program runs, and what the reader has set them to: the state behind the sliders. */
import { useMemo, useState } from 'react';
import { worldOf } from '../course/complete-world.ts';
import type { WorldFile } from '../course/world.ts';
import type { LinkSpec, World, WorldAct } from '../kernel/hosts/types.ts';
import { withLink } from './network.ts';
import type { Runner } from './use-runner.ts';

type Files = Readonly<Record<string, string>>;

export interface WorldSettings {
  /** With these files, and the network as it is set; `only`: nothing but this terminal is started by itself. */
  now(files: Files, only?: string): World;
  readonly links: readonly LinkSpec[];
  readonly cut: ReadonlySet<string>;
  /** What a run must begin with to be as it is set. */
  readonly first: readonly WorldAct[];
  onLinks(changed: readonly LinkSpec[]): void;
  onCut(cut: ReadonlySet<string>): void;
}

/** Null: there is one machine, and nothing to set. A run that goes on is told at once. */
export function useWorld(described: WorldFile | undefined, runner: Runner): WorldSettings | null {
  const [set, setLinks] = useState<readonly LinkSpec[] | null>(null);
  const [cut, setCut] = useState<ReadonlySet<string>>(new Set());
  const own = useMemo(
    () => described && worldOf('the world', { ...described, hosts: bare(described) }, {}),
    [described],
  );
  if (described === undefined || own === undefined) return null;
  const links = set ?? own.links;
  return {
    links,
    cut,
    first: cut.size > 0 ? [{ act: 'partition', hosts: [...cut] }] : [],
    now(files, only) {
      const world = worldOf('the world', described, files);
      const started = only === undefined ? world.terminals : world.terminals.map((one) => startOnly(one, only));
      return { ...world, terminals: started, links };
    },
    onLinks(changed) {
      setLinks(changed.reduce(withLink, links));
      for (const link of changed) runner.act({ act: 'link', link });
    },
    onCut(next) {
      setCut(next);
      runner.act({ act: 'partition', hosts: [] });
      if (next.size > 0) runner.act({ act: 'partition', hosts: [...next] });
    },
  };
}

/** Without files: only names, addresses and links are asked for. */
function bare({ hosts }: WorldFile): WorldFile['hosts'] {
  return hosts.map(({ name, address }) => ({ name, ...(address !== undefined && { address }) }));
}

function startOnly<T extends { readonly name: string }>(
  terminal: T,
  name: string,
): T & { readonly start: number | null } {
  return { ...terminal, start: terminal.name === name ? 0 : null };
}
