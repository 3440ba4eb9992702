export { explain } from './explain';
export { explainFigure } from './explain-figure';
export type { NamedFigure } from './explain-figure';
export { timeline } from './timeline';
export type { TimelineEvent, TimelineEventId, TimelinePhase } from './timeline';
