import { Problem, shown } from '../problem';

/**
 * A command as the API server takes it: a list of texts. `["sleep", 30]` is refused, since 30 is a number.
 */
export function checkCommand(command: unknown, field: string, problems: Problem[]): void {
  if (Array.isArray(command) && command.length > 0 && command.every((word) => typeof word === 'string')) return;
  problems.push({
    id: 'wrong-command', field, wanted: 'given a command that is a list of texts', found: shown(command), remedy: 'Write numbers in quotes, too.',
  });
}
