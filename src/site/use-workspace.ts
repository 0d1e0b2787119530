/** A workspace as React state: loaded after hydration, stored when the page goes away, in step with other tabs. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { pageStore } from './store.ts';
import { Workspace, type WorkspaceState } from './workspace.ts';

export function useWorkspace(
  scope: string,
  starter: Readonly<Record<string, string>>,
): readonly [Workspace, WorkspaceState] {
  const workspace = useMemo(() => new Workspace(pageStore(), scope, starter), [scope, starter]);
  // The server's page and the first render in the browser show the starter: what is stored comes right after.
  const state = useSyncExternalStore(
    workspace.subscribe,
    () => workspace.state,
    () => workspace.state,
  );
  useEffect(() => {
    workspace.load();
    const unsubscribe = pageStore().subscribe(workspace.load);
    const onHidden = () => {
      if (document.visibilityState === 'hidden') workspace.flush();
    };
    window.addEventListener('pagehide', workspace.flush);
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      unsubscribe();
      workspace.flush();
      window.removeEventListener('pagehide', workspace.flush);
      document.removeEventListener('visibilitychange', onHidden);
    };
  }, [workspace]);
  return [workspace, state];
}
