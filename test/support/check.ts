import { readingGates, synthGate } from './gates/gates.ts';
import { listSkipped } from './gates/list-skipped.ts';
import { ROOT } from './gates/run-command.ts';
import { runSteps, summary } from './gates/run-steps.ts';
import { stackStep } from './gates/stack-step.ts';
import type { Step } from './gates/step.ts';
import { vitestStep } from './gates/vitest-step.ts';

const USAGE = `check         everything that continuous integration runs
check unit    the unit tests alone
  --docker    run the stack of the tests in containers`;

/** Groups of steps that follow each other: what is quick and reads only goes first. */
function plan(unitOnly: boolean, docker: boolean): readonly (readonly Step[])[] {
  if (unitOnly) return [[vitestStep('unit tests', ['--project', 'unit'])]];
  return [
    readingGates(ROOT),
    [vitestStep('unit tests', ['--project', 'unit', '--coverage'])],
    [vitestStep('infrastructure tests', ['--project', 'infra'])],
    [synthGate(ROOT)],
    [stackStep('stack tests', docker)],
  ];
}

const words = new Set(process.argv.slice(2));
const unitOnly = words.delete('unit');
const docker = words.delete('--docker');
if (words.size > 0) {
  console.error(`Unknown: ${[...words].join(' ')}\n${USAGE}`);
  process.exit(2);
}

// The first signal ends what runs and lets the stack be stopped; a second one ends this process at once.
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

const total = await runSteps(plan(unitOnly, docker), {
  print: console.log,
  interruption: interruption.signal,
});
for (const line of listSkipped(total.skipped)) console.log(line);
if (interruption.signal.aborted) console.log('Interrupted: the counts are of what had run.');
console.log(summary(total));
process.exitCode = interruption.signal.aborted ? 130 : Math.sign(total.failed);
