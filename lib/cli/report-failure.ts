import { CommanderError } from 'commander';
import { CommandError, EXIT, type ExitCode, type Terminal } from './terminal.ts';

const NO_ANSWER =
  /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|ECONNRESET|EAI_AGAIN|fetch failed|aborted due to timeout/i;
const NO_CREDENTIALS = /credentials/i;

/** Says what went wrong and what to do about it; gives the exit code. */
export function reportFailure(terminal: Pick<Terminal, 'note'>, error: unknown): ExitCode {
  // Commander has printed its own message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const message = messagesOf(error).join(': ');
  terminal.note(`weir: ${message}`);
  if (error instanceof CommandError) return error.exitCode;
  if (NO_ANSWER.test(message)) {
    terminal.note('Nothing answers there. Is the stack running (`npm run up`), and is the address right?');
  } else if (NO_CREDENTIALS.test(message)) {
    terminal.note('Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN), or AWS_PROFILE.');
  }
  return EXIT.unreachable;
}

/** The messages of an error and its causes; an AggregateError (of a refused connection) has its own below it. */
function messagesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const below = error instanceof AggregateError ? error.errors.slice(0, 1) : [];
  const own = error.message === '' ? [] : [error.message];
  const causes = [error.cause, ...below].filter((cause) => cause !== undefined);
  return [...new Set([...own, ...causes.flatMap(messagesOf)])];
}
