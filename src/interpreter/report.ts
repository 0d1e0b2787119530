/** boot.py's last words about a program: how it ended. The learner may have forged them: they are only data. */

export interface Report {
  readonly code: number;
  readonly type: string | null;
  readonly message: string | null;
  readonly at: [string, number] | null;
  /** What the called function returned; undefined if it did not. */
  readonly value: unknown;
}

export function readReport(text: string): Report {
  try {
    const { code, type, message, at, value } = JSON.parse(text);
    return {
      code: Number(code) & 255,
      type: typeof type === 'string' ? type : null,
      message: typeof message === 'string' ? message : null,
      at: Array.isArray(at) && typeof at[0] === 'string' && typeof at[1] === 'number' ? [at[0], at[1]] : null,
      value: typeof value === 'string' ? JSON.parse(value) : undefined,
    };
  } catch {
    return { code: 1, type: null, message: null, at: null, value: undefined };
  }
}
