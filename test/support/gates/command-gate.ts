import { runCommand } from './run-command.ts';
import { type Step, verdict } from './step.ts';

/** A tool that says yes by its exit code 0. */
export function commandGate(name: string, command: readonly string[], root: string): Step {
  return {
    name,
    async run(interruption) {
      const { exitCode, output } = await runCommand(command, { root, signal: interruption });
      return verdict(exitCode === 0, output);
    },
  };
}
