/**
 * A command as it is typed into a shell.
 *
 * @example
 * commandText(['kubectl', 'annotate', 'pod', "it's=here"]); // => "kubectl annotate pod 'it'\\''s=here'"
 */
export function commandText(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll('\'', '\'\\\'\'')}'`)).join(' ');
}
