import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';
import type { TestCounts } from './vitest-step.ts';

/**
 * Writes what a vitest run came to, as `TestCounts`, to the file named by WEIR_TEST_COUNTS. The built-in JSON reporter
 * would do but for the reasons of skipped tests, which it leaves out.
 */
class CountingReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const broken = modules.filter((module) => module.errors().length > 0);
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    const counts: TestCounts = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed:
        tests.filter((test) => test.result().state === 'failed').length + broken.length + unhandled.length,
      skipped: skipped.map((test) => ({
        name: `${test.module.relativeModuleId} > ${test.fullName}`,
        reason: noteOf(test),
      })),
      finished: reason !== 'interrupted',
    };
    const file = process.env['WEIR_TEST_COUNTS'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }
}

function noteOf(test: TestCase): string {
  const result = test.result();
  return (result.state === 'skipped' ? result.note : undefined) ?? 'no reason given';
}

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by the default export of its file
export default CountingReporter;
