import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { runCommand } from './run-command.ts';
import { type Step, type StepResult, verdict } from './step.ts';

const CruiseResult = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        rule: z.object({ name: z.string(), severity: z.string() }),
      }),
    ),
  }),
});

const FOLDERS = ['bin', 'examples', 'functions', 'lib', 'test'];

/**
 * The dependency rule of `.dependency-cruiser.cjs`. The tool itself ends with 0 where it could not read a single
 * module, so its exit code is not asked: the report must list modules, and no violation.
 */
export function dependencyGate(root: string, folders: readonly string[] = FOLDERS): Step {
  return {
    name: 'dependency rule',
    async run(interruption) {
      const folder = await mkdtemp(join(tmpdir(), 'weir-dependencies-'));
      try {
        const report = join(folder, 'report.json');
        const { output } = await runCommand(
          ['depcruise', ...folders, '--config', '.dependency-cruiser.cjs', '-T', 'json', '-f', report],
          { root, signal: interruption },
        );
        return judgeReport(await readFile(report, 'utf8').catch(() => ''), output);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

/** Judges the report of dependency-cruiser (its `json` output type). */
export function judgeReport(report: string, output: string): StepResult {
  const { success, data } = CruiseResult.safeParse(parseJson(report));
  if (!success) return verdict(false, `dependency-cruiser wrote no report.\n${output}`);
  const { totalCruised, violations } = data.summary;
  const lines = violations.map(({ from, to, rule }) => `${rule.severity} ${rule.name}: ${from} -> ${to}`);
  return verdict(totalCruised > 0 && lines.length === 0, [`${totalCruised} modules`, ...lines].join('\n'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
