import { Problem, shown } from '../problem';

/**
 * A command as the API server takes it: a list of texts. `["sleep", 30]` is refused, since 30 is a number.
 */
export function checkCommand(command: unknown, field: string, problems: Problem[]): void {
  if (isCommand(command)) return;
  problems.push({
    id: 'wrong-command', field, wanted: 'given a command that is a list of texts', found: shown(command), remedy: 'Write numbers in quotes, too.',
  });
}

/** Is it a list of texts, at least one? */
export function isCommand(command: unknown): boolean {
  return Array.isArray(command) && command.length > 0 && command.every((word) => typeof word === 'string');
}
