import type { LossCause } from '../outcome';

const CAUSES: Readonly<Record<string, LossCause>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ENETDOWN: 'refused',
  EHOSTDOWN: 'refused',
  ENOTFOUND: 'refused', // a name that nobody knows, or that cannot be asked for now, is no way to the address, either
  EAI_AGAIN: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timed-out',
};

/** The client ran out of something of its own: no server is to blame. */
const OWN_LIMITS = ['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM'];

/**
 * Tells from a failed request's error why it was lost.
 *
 * Node.js gives a connection that ended in order before its answer the code of a reset, but no system call.
 *
 * @returns Undefined where the client itself is the cause: then nothing was sent.
 * @see https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors
 */
export function causeOf(error: NodeJS.ErrnoException): LossCause | undefined {
  const { code = '', syscall } = error;
  if (OWN_LIMITS.includes(code)) return undefined;
  if (code.startsWith('HPE_')) return 'malformed';
  if (code === 'ECONNRESET' && !syscall) return 'ended';
  return CAUSES[code] ?? 'malformed';
}
