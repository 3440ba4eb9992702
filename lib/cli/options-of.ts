import type { GracefulOptions, Manifest } from '../core';
import { wrongUsage } from './wrong-usage';

/** Annotation of a workload that holds its options as JSON. */
export const OPTIONS_ANNOTATION = 'kube-graceful/options';

/**
 * What an author knows of a workload: from the command line, else from the workload's annotation.
 *
 * @returns Undefined where neither says anything; `{}` is a word, too: what is assumed is right.
 * @throws {InvalidInputError} If it is not a JSON object.
 */
export function optionsOf(workload: Manifest, optionsJson?: string): GracefulOptions | undefined {
  const annotation = workload.metadata?.annotations?.[OPTIONS_ANNOTATION];
  const text = optionsJson ?? annotation;
  if (text === undefined) return undefined;
  const field = optionsJson === undefined ? OPTIONS_ANNOTATION : '--options';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrongUsage(field, 'a JSON object', text);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongUsage(field, 'a JSON object', text);
  return value as GracefulOptions;
}
