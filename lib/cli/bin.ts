#!/usr/bin/env node
import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { canWrite } from './can-write';
import { interruptOf } from './interrupt-of';
import { run } from './run';

const interrupt = interruptOf(process);

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.on('SIGINT', () => interrupt.abort()); // while it reads, Ctrl-C is a key like any other
  try {
    return await lines.question(question, { signal: interrupt.signal });
  } finally {
    lines.close();
  }
}

void run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  streams: { input: process.stdin, output: process.stdout },
  isTerminal: process.stdin.isTTY && process.stderr.isTTY,
  ask,
  readFile: (path) => readFile(path, 'utf8'),
  writeFile: (path, text) => writeFile(path, text),
  canWrite,
  interrupted: interrupt.signal,
}).then((code) => process.exitCode = interrupt.exitCodeOf(code));
