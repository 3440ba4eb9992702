export * from './drill-html';
export * from './drill-report';
export * from './drill-svg';
export * from './drill-table';
export * from './timeline-svg';
export { plainText } from './words';
export { verdictOf } from './verdict';
export type { DrillVerdict } from './verdict';
