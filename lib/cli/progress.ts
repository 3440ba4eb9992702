import type { DrillProgress } from '../drill';
import type { Io } from './io';

const LINE_EVERY_SECONDS = 10; // ours: a log that nobody watches needs no line a second

/** Tells of a drill's progress: one line that changes where a person looks on, else a line every ten seconds. */
export function progressOn(io: Io): (progress: DrillProgress) => void {
  let toldAtSeconds = -Infinity;
  return (progress) => {
    if (io.isTerminal) return io.err(`\r\u001b[K${progressText(progress)}`);
    if (progress.atSeconds - toldAtSeconds < LINE_EVERY_SECONDS) return;
    toldAtSeconds = progress.atSeconds;
    io.err(`${progressText(progress)}\n`);
  };
}

function progressText({ atSeconds, phase, sent, lost, pods }: DrillProgress): string {
  const { starting, ready, ending } = pods;
  return `${atSeconds.toFixed(0).padStart(4)} s  ${phase.padEnd(6)}  sent ${sent}  lost ${lost}  pods: ${starting} starting, ${ready} ready, ${ending} ending`;
}
