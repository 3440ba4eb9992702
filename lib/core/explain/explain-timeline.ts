import type { RolloutPlan } from '../plan/rollout-plan';
import { COLUMNS, hanging } from './text';
import { timeline } from './timeline';
import type { TimelineEvent } from './timeline';

/** The timeline with the parts of the grace period at its right, and their sum below: the heart of an explanation, as lines. */
export function explainTimeline(plan: RolloutPlan): readonly string[] {
  const rows = timeline(plan).map((event) => ({ time: `${event.atSeconds} s`.padStart(8), text: event.text, term: termOf(event) }));
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

/** The event's term of the sum. */
function termOf({ atSeconds, event, phase }: TimelineEvent): { name: string; seconds: number } | undefined {
  if (event === 'sigkill') return { name: '= grace', seconds: atSeconds };
  return phase && { name: `${event === 'deleted' ? ' ' : '+'} ${phase.name}`, seconds: phase.seconds };
}
