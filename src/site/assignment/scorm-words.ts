/** What a packaged assignment says about the learning platform that it runs in. */
export const scormWords = {
  connected: 'Your code is kept by the learning platform, and your points are reported to it.',
  reported: (points: number, possible: number) => `Reported to the learning platform: ${points} of ${possible} points.`,
  nobody:
    'This page was not opened by a learning platform: your points are reported to nobody, and your code stays in this browser.',
  noSession: (why: string) =>
    `The learning platform did not begin a session (${why}). Nothing is reported. Close this page and open it from the platform again.`,
  looking: 'The learning platform shows this to be looked at only: nothing that you do here is kept or reported.',
  full: 'Your code is more than the learning platform keeps: all of it is kept in this browser, on this computer only. To go on elsewhere, make a submission file and load it there.',
  refused:
    'The learning platform did not take what it was told. Your code is kept in this browser; reload this page from the platform and press Grade again.',
  lost: 'Neither the learning platform nor this browser keeps your code. Make a submission file before you close this page.',
} as const;
