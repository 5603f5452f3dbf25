import type { Metafile } from 'esbuild';
import type { FunctionName } from '../function-name.ts';
import { staticPart } from './static-part.ts';

const KIB = 1024;

/** What a cold start may read, in bytes. The functions that somebody waits for get less. */
const BUDGET_BYTES: Readonly<Record<FunctionName, number>> = {
  intake: 190 * KIB,
  'intake-subscription': 180 * KIB,
  process: 250 * KIB,
  recover: 220 * KIB,
  subscribe: 160 * KIB,
  'evaluate-alerts': 200 * KIB,
  notify: 200 * KIB,
  'setup-domain': 160 * KIB,
  api: 220 * KIB,
};

/** Clients that take longer to load than all the rest of a cold start, and belong behind an `import()`. */
const LOADED_ON_FIRST_USE = /node_modules\/(@aws-sdk|@smithy|@opensearch-project)\//;

/** Says in what way a function's bundle starts too slowly; an empty list where it does not. */
export function findBudgetViolations(name: FunctionName, metafile: Metafile): string[] {
  const { bytes, modules } = staticPart(metafile);
  const tooLarge = bytes > BUDGET_BYTES[name];
  const eager = modules.filter((module) => LOADED_ON_FIRST_USE.test(module));
  return [
    ...(tooLarge ? [`${name} reads ${bytes} bytes on a cold start, ${BUDGET_BYTES[name]} are allowed`] : []),
    ...(eager.length > 0
      ? [`${name} loads ${eager.length} modules of clients before their first use, such as ${eager[0]}`]
      : []),
  ];
}
