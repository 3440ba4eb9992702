import { causeOf } from '../../../lib/drill/clients/cause-of';

const failed = (code: string, syscall?: string) => Object.assign(new Error(code), { code, ...(syscall && { syscall }) });

describe(causeOf, () => {
  test.each(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ENETDOWN', 'EHOSTDOWN'])(
    'takes it as refused where no connection came about: %s', (code) => {
      expect(causeOf(failed(code, 'connect'))).toBe('refused');
    });

  test('tells a reset from an end in order, and both from what is not HTTP and from its own limits', () => {
    expect([failed('ECONNRESET', 'read'), failed('ECONNRESET'), failed('HPE_INVALID_CONSTANT'), failed('EMFILE', 'connect')].map(causeOf)).toEqual([
      'reset', 'ended', 'malformed', undefined,
    ]);
  });
});
