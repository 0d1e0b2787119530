/** The assignment's page: what the address names is opened, and so is whatever file is chosen or dropped here. */
import { useHistory, useLocation } from '@docusaurus/router';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Assignment } from '../../classroom/assignment.ts';
import { StorageWarning } from '../storage-warning.tsx';
import { pageStore } from '../store.ts';
import styles from './assignment.module.css';
import { OpenedAssignment } from './opened-assignment.tsx';
import { openFile, openLink } from './opening.ts';
import { addressOf, OVERVIEW, type Place, placeOf, type View } from './place.ts';
import { Problem } from './problem.tsx';
import { recall, remember } from './remembered.ts';
import { StartPage } from './start-page.tsx';
import { useDroppedFile } from './use-dropped-file.ts';
import { words } from './words.ts';

type Arrived =
  | { readonly phase: 'reading' }
  | { readonly phase: 'start'; readonly problem: readonly string[] }
  | { readonly phase: 'open'; readonly assignment: Assignment; readonly changed: boolean };

/** A submission that was chosen or dropped where an assignment was expected, or anywhere on the page. */
export interface Incoming {
  readonly name: string;
  readonly text: string;
}

const READING: Arrived = { phase: 'reading' };
const NO_PROBLEM: readonly string[] = [];

export function AssignmentDesk(): ReactNode {
  const history = useHistory();
  const location = useLocation();
  const place = placeOf(location);
  const { fragment, id } = place;
  const [arrived, setArrived] = useState<{ readonly of: string; readonly what: Arrived }>({ of: '', what: READING });
  /** Counts the files: one that is opened again may say something else. */
  const [files, setFiles] = useState(0);
  const [fileProblem, setFileProblem] = useState(NO_PROBLEM);
  const [incoming, setIncoming] = useState<Incoming | null>(null);

  const of = `${files} ${id ?? ''} ${fragment}`;
  useEffect(() => {
    let current = true;
    arrive(fragment, id).then((what) => {
      if (current) setArrived({ of, what });
    });
    return () => {
      current = false;
    };
  }, [fragment, id, of]);
  const what = arrived.of === of ? arrived.what : READING;

  const address = (to: Place) => location.pathname + addressOf(to);
  const hrefOf = (view: View) => address({ ...place, view });

  const openGiven = useCallback(
    async (file: File) => {
      setFileProblem(NO_PROBLEM);
      const opened = await openFile(file);
      const show = (assignmentId: string) => {
        setFiles((n) => n + 1);
        history.push(history.location.pathname + addressOf({ fragment: '', id: assignmentId, view: OVERVIEW }));
      };
      if (opened.kind === 'bad') setFileProblem(opened.problem);
      else if (opened.kind === 'assignment') {
        remember(pageStore(), opened.assignment);
        show(opened.assignment.id);
      } else if (recall(pageStore(), opened.assignmentId)) {
        setIncoming({ name: file.name, text: opened.text });
        show(opened.assignmentId);
      } else setFileProblem([words.bad.submissionFirst(file.name, opened.assignmentId)]);
    },
    [history],
  );
  const forgetIncoming = useCallback(() => setIncoming(null), []);
  const dragging = useDroppedFile(openGiven);

  return (
    <>
      {dragging && <div className={styles.drop}>{words.start.drop}</div>}
      {what.phase === 'open' ? (
        <OpenedAssignment
          key={what.assignment.id}
          assignment={what.assignment}
          changed={what.changed}
          view={place.view}
          hrefOf={hrefOf}
          start={location.pathname}
          problem={fileProblem}
          incoming={incoming}
          onIncomingDone={forgetIncoming}
        />
      ) : (
        <main className={styles.narrow}>
          <h1>{words.title}</h1>
          <StorageWarning />
          {what.phase === 'reading' ? (
            <p role="status">{words.reading}</p>
          ) : (
            <>
              <Problem lines={fileProblem.length > 0 ? fileProblem : what.problem} />
              <StartPage hrefOf={(one) => address({ fragment: '', id: one, view: OVERVIEW })} onFile={openGiven} />
            </>
          )}
        </main>
      )}
    </>
  );
}

async function arrive(fragment: string, id: string | null): Promise<Arrived> {
  if (fragment !== '') {
    const opened = await openLink(fragment);
    if (opened.kind !== 'assignment') return { phase: 'start', problem: opened.kind === 'bad' ? opened.problem : [] };
    const { assignment } = opened;
    return { phase: 'open', assignment, changed: remember(pageStore(), assignment) === 'changed' };
  }
  if (id === null) return { phase: 'start', problem: NO_PROBLEM };
  const assignment = recall(pageStore(), id);
  if (assignment) return { phase: 'open', assignment, changed: false };
  return { phase: 'start', problem: [words.bad.unknown(id)] };
}
