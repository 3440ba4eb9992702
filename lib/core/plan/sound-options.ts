import { Problem, shown } from '../problem';
import { checkContradictions } from './check-contradictions';
import { LeafShape, NumberShape, ObjectShape, OPTIONS, Shape } from './option-shapes';
import type { GracefulOptions } from './options';

/**
 * Options with everything unusable left out, so that a plan can go on and find the rest of the problems; each thing left out is
 * a problem.
 */
export function soundOptions(options: GracefulOptions, problems: Problem[]): GracefulOptions {
  const sound = (soundObject(OPTIONS, options, '', problems) ?? {}) as GracefulOptions;
  checkContradictions(sound, problems);
  return sound;
}

/** The value, or undefined where it cannot be used. */
function soundValue(shape: Shape, value: unknown, field: string, problems: Problem[]): unknown {
  switch (shape.kind) {
    case 'number': return soundNumber(shape, value, field, problems);
    case 'leaf': return shape.accepts(value) ? value : refused(shape, value, field, problems);
    case 'object': return soundObject(shape, value, field, problems);
    case 'either': return soundValue(typeof value === 'string' ? shape.text : shape.object, value, field, problems);
    case 'list': return Array.isArray(value) ? soundList(shape.of, value, field, problems) : notOf('a list', value, field, problems);
    case 'named': return isObject(value) ? soundNamed(shape.of, value, field, problems) : notOf('an object', value, field, problems);
  }
}

function soundNumber({ least, most }: NumberShape, value: unknown, field: string, problems: Problem[]): number | undefined {
  // -0 counts as 0, and is written so.
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value + 0;
  problems.push({
    id: 'wrong-number', field, found: shown(value),
    wanted: `a whole number ${field.endsWith('Seconds') ? 'of seconds ' : ''}from ${least} to ${most}`,
    remedy: typeof value === 'string' ? 'Give it as a number, without quotes.' : 'Give a number in this range, or leave it out.',
  });
  return undefined;
}

function refused({ id, wanted, remedy }: LeafShape, value: unknown, field: string, problems: Problem[]): undefined {
  problems.push({ id, field, wanted, found: shown(value), remedy });
}

function notOf(wanted: string, value: unknown, field: string, problems: Problem[]): undefined {
  problems.push({ id: 'wrong-option', field: field || 'options', wanted, found: shown(value), remedy: 'Give it in this form, or leave it out.' });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An object with everything unusable left out, each thing as a problem; undefined where it lacks a part that it cannot be without.
 *
 * @param path How a problem names the object. Empty for options, whose names stand alone.
 */
export function soundObject(shape: ObjectShape, given: unknown, path: string, problems: Problem[]): Record<string, unknown> | undefined {
  const { fields, required } = shape;
  if (!isObject(given)) return notOf('an object', given, path, problems);
  const sound: Record<string, unknown> = {};
  for (const key in given) {
    const value = given[key];
    if (value === undefined) continue;
    const field = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(fields, key)) {
      problems.push({ id: 'unknown-option', field, wanted: 'the name of an option', found: shown(value), remedy: 'Look for a misspelt name, or leave it out.' });
      continue;
    }
    const kept = soundValue(fields[key], value, field, problems);
    if (kept !== undefined) sound[key] = kept;
  }
  for (const key of required) {
    if (given[key] !== undefined) continue;
    problems.push({ id: 'missing-option', field: `${path}.${key}`, wanted: 'given', found: 'nothing', remedy: `Give it, or leave out ${path}.` });
  }
  // What lacks a part that it cannot be without is of no use to the plan.
  return required.every((key) => key in sound) ? sound : undefined;
}

function soundList(of: Shape, given: readonly unknown[], field: string, problems: Problem[]): unknown[] {
  return given.map((one, index) => soundValue(of, one, `${field}[${index}]`, problems)).filter((one) => one !== undefined);
}

/** The names are the author's own, so they are no options. */
function soundNamed(of: Shape, given: Readonly<Record<string, unknown>>, field: string, problems: Problem[]): Record<string, unknown> {
  const entries = Object.entries(given).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([name, one]) => [name, soundValue(of, one, `${field}.${name}`, problems) ?? {}]));
}
