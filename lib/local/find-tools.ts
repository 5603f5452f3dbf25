import { existsSync } from 'node:fs';
import { findJava, type JavaChoice } from './find-java.ts';
import { findPython, type Python } from './find-python.ts';
import { LocalStackError } from './local-stack-error.ts';
import { openSearchFolder } from './opensearch-node.ts';
import { requireMaven } from './require-maven.ts';

/** The programs of this machine that a local stack runs on. */
export interface Tools {
  readonly java: JavaChoice;
  readonly python: Python;
}

/** Finds everything that a local stack needs. Throws LocalStackError naming all that is missing, and how to get it. */
export async function findTools(environment: NodeJS.ProcessEnv, cache: string): Promise<Tools> {
  const missing: string[] = [];
  const [java, python] = await Promise.all([
    findJava(environment).catch(noteIn(missing)),
    findPython(environment).catch(noteIn(missing)),
  ]);
  const hasOpenSearch = java !== undefined && existsSync(openSearchFolder(cache, java.openSearchVersion));
  if (!hasOpenSearch) await requireMaven(environment).catch(noteIn(missing));
  if (java && python && missing.length === 0) return { java, python };
  throw new LocalStackError([...missing, 'Or use Docker instead: npm run up -- --docker'].join('\n\n'));
}

function noteIn(missing: string[]): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof LocalStackError)) throw error;
    missing.push(error.message);
  };
}
