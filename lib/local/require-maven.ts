import { findProgram } from './find-program.ts';
import { LocalStackError } from './local-stack-error.ts';

/** Throws LocalStackError saying how to get Maven where it is not on the PATH. */
export async function requireMaven(environment: NodeJS.ProcessEnv): Promise<void> {
  if (findProgram('mvn', environment['PATH'])) return;
  throw new LocalStackError(
    [
      'Maven (mvn) is missing: it downloads OpenSearch from Maven Central, once.',
      'To get it:  Debian/Ubuntu: sudo apt install maven',
      '            Fedora:        sudo dnf install maven',
      '            macOS:         brew install maven',
      '            other:         https://maven.apache.org/install.html',
    ].join('\n'),
  );
}
