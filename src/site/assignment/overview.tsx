/** What an assignment asks for, how far it is done, and where to go from here. */
import Link from '@docusaurus/Link';
import type { ReactNode } from 'react';
import type { Assignment } from '../../classroom/assignment.ts';
import { usePackaged } from '../use-packaged.ts';
import styles from './assignment.module.css';
import type { Incoming } from './assignment-desk.tsx';
import { LoadBack } from './load-back-view.tsx';
import { Message } from './message.tsx';
import { handIns } from './remembered.ts';
import type { Score } from './score-reporter.ts';
import { useLocale } from './use-locale.ts';
import { useStored } from './use-stored.ts';
import {
  attemptsWords,
  latePolicyWords,
  moment,
  morePoints,
  pointsOutOf,
  shortMoment,
  timeLeft,
  words,
} from './words.ts';

export interface OverviewProps {
  readonly assignment: Assignment;
  /** Slugs of those of its exercises that this site has. */
  readonly here: readonly string[];
  readonly score: Score;
  /** The address of handing in. */
  readonly handIn: string;
  readonly incoming: Incoming | null;
  readonly onIncomingDone: () => void;
  /** The list of its exercises. */
  readonly children: ReactNode;
}

export function Overview({
  assignment,
  here,
  score,
  handIn,
  incoming,
  onIncomingDone,
  children,
}: OverviewProps): ReactNode {
  const locale = useLocale();
  const packaged = usePackaged();
  const made = useStored((store) => handIns(store, assignment.id)).at(-1);
  const { due, late, message } = assignment;
  return (
    <>
      <Message text={message} />
      <dl className={styles.facts}>
        <dt>{words.due}</dt>
        <dd>
          {due === undefined ? (
            words.noDue
          ) : (
            <>
              <strong>
                <time dateTime={due}>{moment(due, locale)}</time>
              </strong>{' '}
              ({timeLeft(due, Date.now())}). {latePolicyWords(late)}
            </>
          )}
        </dd>
        <dt>{words.points}</dt>
        <dd>
          <progress
            className={styles.meter}
            value={score.points}
            max={Math.max(score.possible, 0.01)}
            aria-label={words.points}
          />{' '}
          <strong>{pointsOutOf(score.points, score.possible)}</strong>
          {score.kept > 0 && <div className={styles.muted}>{morePoints(score.kept)}</div>}
        </dd>
        <dt>{words.submit.attempts}</dt>
        <dd>{attemptsWords(assignment.attempts)}</dd>
        <dt>{words.handedIn}</dt>
        <dd>{made === undefined ? words.neverHandedIn : words.lastHandedIn(shortMoment(made, locale))}</dd>
      </dl>
      <h2 className={styles.heading}>{words.exercises}</h2>
      {children}
      <section className={styles.section}>
        <h2 className={styles.heading}>{words.handIn}</h2>
        <p>{packaged ? words.submit.packaged : words.handInWhenDone}</p>
        <p>
          <Link to={handIn} className="hb-button">
            {words.handIn}
          </Link>
        </p>
      </section>
      <section className={styles.section}>
        <h2 className={styles.heading}>{words.load.title}</h2>
        <LoadBack assignment={assignment} here={here} incoming={incoming} onIncomingDone={onIncomingDone} />
      </section>
    </>
  );
}
