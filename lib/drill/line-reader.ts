/** Cuts a stream of text into lines: give it the pieces as they come, and it calls back for every line that is complete. */
export function lineReader(onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) onLine(line);
  };
}
