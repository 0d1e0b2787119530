/** The Redis that this one answers as. */
export const VERSION = '7.0.15';
