/** When work came in and what that cost, in sentences. */
import type { LatePolicy } from '../assignment.ts';
import type { Received, StudentResult } from '../graded.ts';
import { shownDuration, shownMoment, shownPoints } from './shown.ts';

const SAYS: Readonly<Record<Received['by'], string>> = {
  list: 'by the list of times',
  lms: 'by the learning platform',
  student: 'by the file’s own word',
};

/** "2026-12-01 23:59 (UTC+01:00), by the learning platform". Null: handed nothing in, or nobody knows when. */
export function receivedSentence({ received }: StudentResult): string | null {
  if (received === null || received.at === null) return null;
  return `${shownMoment(received.at)}, ${SAYS[received.by]}`;
}

/** "12 h late: 10 % for each day begun, so 1.5 points are taken away." Null: it was in time. */
export function lateSentence({ late, deducted, received }: StudentResult, policy: LatePolicy): string | null {
  if (late <= 0) return null;
  const marked = received?.markedLate === true && received.at === null;
  const by = marked ? 'Marked as late by the learning platform, without a time' : `${shownDuration(late)} late`;
  if (policy.kind === 'accept') return `${by}; nothing is taken away for it.`;
  const gone = `${shownPoints(deducted)} ${deducted === 1 ? 'point is' : 'points are'} taken away`;
  if (policy.kind === 'refuse') return `${by}: work after the due date gets no points, so ${gone}.`;
  return `${by}: ${policy.perDay} % for each day begun, ${policy.most} % at most, so ${gone}.`;
}
