/** An assignment that is open: its overview, one of its exercises, or handing in. */
import Link from '@docusaurus/Link';
import { useHistory } from '@docusaurus/router';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Assignment } from '../../classroom/assignment.ts';
import { ENGINE_VERSION } from '../../worker/identity.ts';
import { StorageWarning } from '../storage-warning.tsx';
import { allExercises, useCourse } from '../use-course.ts';
import { usePackaged } from '../use-packaged.ts';
import withAside from '../with-aside.module.css';
import { AssignedExerciseView } from './assigned-exercise.tsx';
import { AssignedList } from './assigned-list.tsx';
import styles from './assignment.module.css';
import type { Incoming } from './assignment-desk.tsx';
import { HandInView } from './hand-in-view.tsx';
import { Overview } from './overview.tsx';
import { HAND_IN, OVERVIEW, type View } from './place.ts';
import { Problem } from './problem.tsx';
import { pageReporter, type Score } from './score-reporter.ts';
import { useLocale } from './use-locale.ts';
import { useStored } from './use-stored.ts';
import { shortMoment, timeLeft, words } from './words.ts';
import { scoreOf } from './work.ts';

export interface OpenedProps {
  readonly assignment: Assignment;
  /** It is another than the one of the same id that was known here. */
  readonly changed: boolean;
  readonly view: View;
  readonly hrefOf: (view: View) => string;
  /** Where no assignment is open. */
  readonly start: string;
  /** Of a file that was dropped. */
  readonly problem: readonly string[];
  readonly incoming: Incoming | null;
  readonly onIncomingDone: () => void;
}

export function OpenedAssignment(props: OpenedProps): ReactNode {
  const { assignment, view, hrefOf } = props;
  const packaged = usePackaged();
  const titles = new Map(allExercises(useCourse()).map(({ slug, title }) => [slug, title]));
  const here = assignment.exercises.filter(({ slug }) => titles.has(slug));
  const missing = assignment.exercises.filter(({ slug }) => !titles.has(slug)).map(({ slug }) => slug);
  const score = useStored((store) => scoreOf(store, assignment));
  useReported(score);
  const heading = useFocusedHeading(JSON.stringify(view));

  const slug = view.kind === 'exercise' ? view.slug : null;
  const at = here.findIndex((one) => one.slug === slug);
  const chosen = here[at];
  const title = chosen
    ? (titles.get(chosen.slug) ?? chosen.slug)
    : view.kind === 'hand-in'
      ? words.handIn
      : assignment.title;
  const list = <AssignedList exercises={here} titles={titles} assignment={assignment} current={slug} hrefOf={hrefOf} />;
  return (
    <div className={view.kind === 'exercise' ? withAside.page : styles.narrow}>
      {view.kind === 'exercise' && (
        <nav className={withAside.aside} aria-label={words.exercises}>
          {list}
          <p className={styles.asideLinks}>
            <Link to={hrefOf(OVERVIEW)}>{words.overview}</Link>
            <Link to={hrefOf(HAND_IN)}>{words.handIn}</Link>
          </p>
        </nav>
      )}
      <main>
        <p className={withAside.crumb}>
          {view.kind === 'overview' ? (
            !packaged && <Link to={props.start}>← {words.all}</Link>
          ) : (
            <>
              <Link to={hrefOf(OVERVIEW)}>← {assignment.title}</Link>
              <DueSoon due={assignment.due} />
            </>
          )}
        </p>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        <StorageWarning />
        <Problem
          lines={[
            ...props.problem,
            ...(missing.length > 0 && view.kind !== 'exercise' ? [words.missing(missing)] : []),
            ...(slug !== null && !chosen
              ? [missing.includes(slug) ? words.missing([slug]) : words.noExercise(slug)]
              : []),
          ]}
        />
        {view.kind === 'overview' && (
          <>
            {props.changed && <p className={styles.notice}>{words.changed}</p>}
            {assignment.engine !== ENGINE_VERSION && <p className={styles.notice}>{words.otherEngine}</p>}
            <Overview
              assignment={assignment}
              here={here.map((one) => one.slug)}
              score={score}
              handIn={hrefOf(HAND_IN)}
              incoming={props.incoming}
              onIncomingDone={props.onIncomingDone}
            >
              {list}
            </Overview>
          </>
        )}
        {chosen && <AssignedExerciseView key={chosen.slug} assignment={assignment} assigned={chosen} />}
        {view.kind === 'hand-in' && <HandInView assignment={assignment} slugs={here.map((one) => one.slug)} />}
        {chosen && (
          <nav className={withAside.around} aria-label={words.neighbours}>
            <Neighbour slug={here[at - 1]?.slug} titles={titles} hrefOf={hrefOf} mark="←" />
            <Link to={hrefOf(HAND_IN)}>{words.handIn}</Link>
            <Neighbour slug={here[at + 1]?.slug} titles={titles} hrefOf={hrefOf} mark="→" />
          </nav>
        )}
      </main>
    </div>
  );
}

/** Also beside an exercise: when it is due. */
function DueSoon({ due }: { readonly due: string | undefined }): ReactNode {
  const locale = useLocale();
  if (due === undefined) return null;
  return (
    <span className={styles.due}>
      {words.due} {shortMoment(due, locale)} ({timeLeft(due, Date.now())})
    </span>
  );
}

interface NeighbourProps {
  readonly slug: string | undefined;
  readonly titles: ReadonlyMap<string, string>;
  readonly hrefOf: OpenedProps['hrefOf'];
  readonly mark: '←' | '→';
}

function Neighbour({ slug, titles, hrefOf, mark }: NeighbourProps): ReactNode {
  if (slug === undefined) return <span />;
  const title = titles.get(slug);
  return <Link to={hrefOf({ kind: 'exercise', slug })}>{mark === '←' ? `← ${title}` : `${title} →`}</Link>;
}

/** Tells whoever wants to know of the points: once for each state of them. */
function useReported(score: Score): void {
  const said = JSON.stringify(score);
  useEffect(() => {
    pageReporter().report(JSON.parse(said));
  }, [said]);
}

/** What was chosen is where the reader goes on: the heading has the focus, but not when the page has just come. */
function useFocusedHeading(view: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(view);
  const { action } = useHistory();
  useEffect(() => {
    if (before.current === view) return;
    before.current = view;
    heading.current?.focus({ preventScroll: true });
    // Docusaurus takes an assignment in the address for the name of a place on the page. Back and Forward know their own.
    if (action === 'PUSH') window.scrollTo(0, 0);
  }, [view, action]);
  return heading;
}
