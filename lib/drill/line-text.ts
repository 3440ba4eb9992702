const MOST_CHARACTERS = 120; // ours: enough to know it again

/** A line that a program printed and nobody can read, to be shown in an error. */
export function lineText(line: string): string {
  return JSON.stringify(line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}...` : line);
}
