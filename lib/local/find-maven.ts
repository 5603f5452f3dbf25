import { findProgram } from './find-program.ts';
import { LocalStackError } from './local-stack-error.ts';

/** Finds Maven on the PATH. Throws LocalStackError saying how to get it where it is not there. */
export function findMaven(environment: NodeJS.ProcessEnv): string {
  const maven = findProgram('mvn', environment['PATH']);
  if (maven) return maven;
  throw new LocalStackError(
    [
      'Maven (mvn) is missing: it downloads OpenSearch from Maven Central, once.',
      'To get it:  Debian/Ubuntu: sudo apt install maven',
      '            Fedora:        sudo dnf install maven',
      '            macOS:         brew install maven',
      '            other:         https://maven.apache.org/install.html',
      'Or use Docker instead: npm run up -- --docker',
    ].join('\n'),
  );
}
