import { Document, parseAllDocuments, YAMLParseError } from 'yaml';
import { InvalidInput, InvalidInputError, Manifest, membersOf } from '../core';

/**
 * The Kubernetes objects in a file: all documents, and the members of each List. Merge keys (`<<: *base`) are read as kubectl reads them.
 *
 * @throws {InvalidInputError} If documents are no YAML: the parser's message of each, and the line that it means, or the first of its
 * document.
 */
export function readManifests(file: string, text: string): Manifest[] {
  const wrong: InvalidInput[] = [];
  const parsed = parseAllDocuments(text, { merge: true });
  const manifests = ('empty' in parsed ? [] : parsed).flatMap((document) => {
    try {
      return membersOf(valueOf(document));
    } catch (error) {
      const [message] = (error as Error).message.split(/:?\n/);
      const found = lineAt(text, error instanceof YAMLParseError ? error.pos[0] : document.contents?.range[0] ?? 0);
      wrong.push({ field: file, wanted: `YAML (${message})`, found });
      return [];
    }
  });
  if (wrong.length > 0) throw new InvalidInputError('go on', wrong);
  return manifests;
}

/** A merge of what is no map, or too many aliases, is found no sooner than here. */
function valueOf(document: Document.Parsed): unknown {
  const [error] = document.errors;
  if (error) throw error;
  return document.toJS();
}

function lineAt(text: string, position: number): string {
  return text.slice(text.lastIndexOf('\n', position - 1) + 1).split('\n')[0];
}
