/**
 * What an application does on SIGTERM, for those who like names better than words: `OnSigterm.DRAINS` is `'drains'`.
 */
export const OnSigterm = {
  /** Stops accepting and finishes what it has. */
  DRAINS: 'drains',
  /** Exits at once and drops what it has. */
  EXITS: 'exits',
  /** Goes on until SIGKILL. */
  IGNORES: 'ignores',
} as const;
