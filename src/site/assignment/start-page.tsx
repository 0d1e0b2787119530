/** No assignment is open: open one by its file, or choose one that this browser remembers. */
import Link from '@docusaurus/Link';
import clsx from 'clsx';
import { type ReactNode, useState } from 'react';
import type { Assignment } from '../../classroom/assignment.ts';
import { FileButton } from '../file-button.tsx';
import { pageStore } from '../store.ts';
import styles from './assignment.module.css';
import { Problem } from './problem.tsx';
import { allRemembered, forget } from './remembered.ts';
import { useLocale } from './use-locale.ts';
import { useStored } from './use-stored.ts';
import { moment, pointsOutOf, words } from './words.ts';
import { scoreOf } from './work.ts';

export interface StartPageProps {
  readonly hrefOf: (id: string) => string;
  readonly onFile: (file: File) => void;
}

export function StartPage({ hrefOf, onFile }: StartPageProps): ReactNode {
  const { assignments, damaged } = useStored(allRemembered);
  return (
    <>
      <p>{words.start.intro}</p>
      <p>
        <FileButton label={words.start.fileLabel} onFile={onFile}>
          {words.start.open}
        </FileButton>
      </p>
      <p className={styles.muted}>{words.storageNote}</p>
      {assignments.length > 0 && (
        <section aria-labelledby="remembered">
          <h2 id="remembered" className={styles.heading}>
            {words.start.remembered}
          </h2>
          <ul className={styles.list}>
            {assignments.map((one) => (
              <RememberedAssignment key={one.id} assignment={one} href={hrefOf(one.id)} />
            ))}
          </ul>
        </section>
      )}
      <Problem lines={damaged.map(words.start.damaged)} />
    </>
  );
}

function RememberedAssignment({
  assignment,
  href,
}: {
  readonly assignment: Assignment;
  readonly href: string;
}): ReactNode {
  const locale = useLocale();
  const [asking, setAsking] = useState(false);
  const { points, possible } = useStored((store) => scoreOf(store, assignment));
  const { id, title, due } = assignment;
  return (
    <li className={styles.row}>
      <div className={styles.grow}>
        <Link to={href} className={clsx(styles.rowTitle)}>
          {title}
        </Link>
        <div className={styles.muted}>
          {pointsOutOf(points, possible)} · {due === undefined ? words.noDue : `${words.due} ${moment(due, locale)}`}
        </div>
        {asking && (
          <div className="hb-warning" role="alert">
            <p>{words.start.removeSure(title)}</p>
            <div className={styles.buttons}>
              <button type="button" className="hb-button hb-stop" onClick={() => forget(pageStore(), id)}>
                {words.start.removeYes}
              </button>
              {/* biome-ignore lint/a11y/noAutofocus: the question was just asked for, and takes the place of its button */}
              <button type="button" className="hb-button hb-quiet" autoFocus onClick={() => setAsking(false)}>
                {words.start.cancel}
              </button>
            </div>
          </div>
        )}
      </div>
      {!asking && (
        <button
          type="button"
          className="hb-link-button"
          aria-label={words.start.removeOf(title)}
          onClick={() => setAsking(true)}
        >
          {words.start.remove}
        </button>
      )}
    </li>
  );
}
