import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';
import { LocalStackError } from './local-stack-error.ts';
import { runQuietly } from './run-quietly.ts';

const USUAL_FOLDERS = [
  '/usr/lib/jvm',
  '/Library/Java/JavaVirtualMachines',
  '/opt/homebrew/opt',
  '/usr/local/opt',
];

/** OpenSearch releases that run here, newest first, with the JDK that each needs. */
const RELEASES = [
  { openSearchVersion: '3.5.0.0', javaVersion: 21 },
  { openSearchVersion: '2.19.1.0', javaVersion: 11 },
] as const;

/** A JDK on this machine. */
export interface Jdk {
  readonly home: string;
  readonly majorVersion: number;
}

/** The JDK to run OpenSearch on, and the newest OpenSearch that it runs. */
export interface JavaChoice {
  readonly jdk: Jdk;
  readonly openSearchVersion: string;
}

/** Looks through JAVA_HOME, the PATH and the usual folders. Throws LocalStackError where no JDK will do. */
export async function findJava(environment: NodeJS.ProcessEnv): Promise<JavaChoice> {
  const seen: Jdk[] = [];
  for (const java of candidates(environment)) {
    const jdk = await inspectJava(java);
    if (jdk) seen.push(jdk);
    if (jdk && jdk.majorVersion >= RELEASES[0].javaVersion) break;
  }
  const choice = chooseJava(seen);
  if (choice) return choice;
  throw new LocalStackError(missingJava(seen));
}

/** Takes the first JDK that is new enough for the newest possible OpenSearch. */
export function chooseJava(jdks: readonly Jdk[]): JavaChoice | undefined {
  for (const { openSearchVersion, javaVersion } of RELEASES) {
    const jdk = jdks.find(({ majorVersion }) => majorVersion >= javaVersion);
    if (jdk) return { jdk, openSearchVersion };
  }
  return undefined;
}

/** Reads home and version from `java -XshowSettings:properties -version`. */
export function parseJavaSettings(output: string): Jdk | undefined {
  const home = /^\s*java\.home = (.+)$/m.exec(output)?.[1]?.trim();
  // Until Java 8 the major version was the second number: 1.8.0_412.
  const version = /^\s*java\.version = (?:1\.)?(\d+)/m.exec(output)?.[1];
  return home && version ? { home, majorVersion: Number(version) } : undefined;
}

async function inspectJava(java: string): Promise<Jdk | undefined> {
  const output = await runQuietly(java, ['-XshowSettings:properties', '-version']);
  const jdk = output === undefined ? undefined : parseJavaSettings(output);
  // A runtime without the compiler cannot launch a source file.
  return jdk && existsSync(join(jdk.home, 'bin', 'javac')) ? jdk : undefined;
}

function candidates(environment: NodeJS.ProcessEnv): readonly string[] {
  const javaHome = environment['JAVA_HOME'];
  const onPath = findProgram('java', environment['PATH']);
  const found = [
    ...(javaHome ? [join(javaHome, 'bin', 'java')] : []),
    ...(onPath ? [onPath] : []),
    ...USUAL_FOLDERS.flatMap(installedJavas),
  ];
  return [...new Set(found)].filter((java) => existsSync(java));
}

function installedJavas(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !folder.endsWith('/opt') || name.startsWith('openjdk'))
    .toSorted()
    .flatMap((name) => [
      join(folder, name, 'bin', 'java'),
      join(folder, name, 'Contents', 'Home', 'bin', 'java'),
    ]);
}

function missingJava(seen: readonly Jdk[]): string {
  const found = seen.map(({ home, majorVersion }) => `${majorVersion} in ${home}`).join(', ') || 'none';
  return [
    'A Java development kit (JDK) is missing: OpenSearch 3.5 needs 21 or newer, OpenSearch 2.19 needs 11 or newer.',
    `Found: ${found}. Looked in JAVA_HOME, the PATH, ${USUAL_FOLDERS.join(', ')}.`,
    'To get one:  Debian/Ubuntu: sudo apt install openjdk-21-jdk-headless (or openjdk-17-jdk-headless)',
    '             Fedora:        sudo dnf install java-21-openjdk-devel',
    '             macOS:         brew install openjdk@21',
    '             other:         https://adoptium.net (then set JAVA_HOME)',
  ].join('\n');
}
