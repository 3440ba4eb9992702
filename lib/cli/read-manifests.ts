import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../core';
import { wrongUsage } from './wrong-usage';

/**
 * The Kubernetes objects in a file: all documents, and the members of each List.
 *
 * @throws {InvalidInputError} If it is no YAML; the message is the parser's.
 */
export function readManifests(file: string, text: string): Manifest[] {
  const documents = parseAllDocuments(text);
  const [error] = ('empty' in documents ? [] : documents).flatMap((document) => document.errors);
  if (error) throw wrongUsage(file, `YAML (${error.message.split('\n')[0]})`, 'something else');
  return ('empty' in documents ? [] : documents).flatMap((document) => flat(document.toJS() as unknown));
}

function flat(value: unknown): Manifest[] {
  if (typeof value !== 'object' || value === null) return [];
  const { kind, items } = value as { kind?: unknown; items?: unknown };
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) return items.flatMap(flat);
  return typeof kind === 'string' ? [value as Manifest] : [];
}
