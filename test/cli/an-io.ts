import { PassThrough } from 'node:stream';
import type { Io } from '../../lib/cli/io';

/** Stands in for a terminal and a disk. */
export interface FakeIo extends Io {
  readonly said: { out: string; err: string; files: Record<string, string>; asked: string[] };
}

/** @param files What can be read. */
export function anIo(options: {
  isTerminal?: boolean; answer?: string; files?: Record<string, string>; interrupted?: AbortSignal;
} = {}): FakeIo {
  const { isTerminal = false, answer = '', files = {}, interrupted = new AbortController().signal } = options;
  const said: FakeIo['said'] = { out: '', err: '', files: {}, asked: [] };
  return {
    said,
    isTerminal,
    streams: { input: new PassThrough(), output: new PassThrough() },
    interrupted,
    out: (text) => said.out += text,
    err: (text) => said.err += text,
    ask: async (question) => {
      said.asked.push(question);
      return answer;
    },
    readFile: async (path) => {
      if (!(path in files)) throw new Error(`no such file: ${path}`);
      return files[path];
    },
    writeFile: async (path, text) => void (said.files[path] = text),
    canWrite: async (path) => !path.startsWith('/no/'),
  };
}
