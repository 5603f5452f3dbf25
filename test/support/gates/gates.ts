import { commandGate } from './command-gate.ts';
import { dependencyGate } from './dependency-gate.ts';
import type { Step } from './step.ts';

/** Formatting and lint, the purity of `lib/core` among it. */
export function lintGate(root: string): Step {
  return commandGate('format and lint', ['biome', 'ci', '--colors=off'], root);
}

export function typeGate(root: string): Step {
  return commandGate('types', ['tsc', '-p', '.'], root);
}

/** Files, exports, types and packages that nothing uses. */
export function deadCodeGate(root: string): Step {
  return commandGate('dead code', ['knip'], root);
}

/** The reference under `docs/` says what the code says. */
export function docsGate(root: string): Step {
  return commandGate('docs not stale', ['node', 'bin/weir.ts', 'docs', '--check'], root);
}

/** The CDK app synthesizes; into a folder of its own, since two runs of the CLI cannot share one. */
export function synthGate(root: string): Step {
  return commandGate(
    'cdk synth',
    ['cdk', 'synth', '-c', 'stage=dev', '-q', '-o', '.weir/check/cdk.out'],
    root,
  );
}

/** The gates that only read, and can run side by side. */
export function readingGates(root: string): readonly Step[] {
  return [lintGate(root), typeGate(root), deadCodeGate(root), dependencyGate(root), docsGate(root)];
}
