import type { RolloutPlan } from '../plan/rollout-plan';
import { COLUMNS, hanging } from './text';
import { timeline } from './timeline';

/** The timeline with the parts of the grace period at its right, and their sum below: the heart of an explanation, as lines. */
export function explainTimeline(plan: RolloutPlan): readonly string[] {
  const rows = timeline(plan).map(({ atSeconds, event, text, phase }) => ({
    time: `${atSeconds} s`.padStart(8),
    text,
    term: event === 'sigkill' ? { name: '= grace', seconds: atSeconds } : phase && { ...phase, name: `${atSeconds === 0 ? ' ' : '+'} ${phase.name}` },
  }));
  const names = Math.max(...rows.map((row) => row.term?.name.length ?? 0));
  const amounts = Math.max(...rows.map((row) => `${row.term?.seconds ?? ''} s`.length));
  const textEnd = COLUMNS - names - amounts - 4;
  return rows.flatMap((row) => {
    const [first = '', ...rest] = hanging(`${row.time}  `, row.text, textEnd);
    if (!row.term) return [first, ...rest];
    const amount = `${row.term.name.padEnd(names)}  ${`${row.term.seconds} s`.padStart(amounts)}`;
    return [`${first.padEnd(textEnd)}  ${amount}`, ...rest];
  });
}
