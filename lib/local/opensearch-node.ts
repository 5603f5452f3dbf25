import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillCache } from './fill-cache.ts';
import type { JavaChoice } from './find-java.ts';
import { isAnswering } from './is-answering.ts';
import type { ManagedProcess, Server } from './managed-process.ts';
import { runJob } from './run-job.ts';
import type { StackPaths } from './stack-paths.ts';

const NAME = 'opensearch';
const SOURCES = join(import.meta.dirname, 'opensearch');
const COPY_DEPENDENCIES = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const DOWNLOAD_TIMEOUT_SECONDS = 600;
const START_TIMEOUT_SECONDS = 120;
const NATIVE_ACCESS_FLAG_SINCE = 21;

/** Laptops run nearly full disks; at the default watermarks a node would refuse to write on them. */
const SETTINGS = `discovery.type: single-node
network.host: 127.0.0.1
cluster.routing.allocation.disk.threshold_enabled: false
`;

/** Where the jars of that OpenSearch are, once they are downloaded. */
export function openSearchFolder(cache: string, version: string): string {
  return join(cache, `opensearch-${version}`);
}

/** Gives the folder of OpenSearch's jars, downloaded from Maven Central on first use. */
export function installOpenSearch(
  paths: StackPaths,
  { openSearchVersion, jdk }: JavaChoice,
  cache: string,
): Promise<string> {
  return fillCache(openSearchFolder(cache, openSearchVersion), async (unfinished) => {
    const job: ManagedProcess = {
      name: 'download-opensearch',
      command: 'mvn',
      args: [
        '--batch-mode',
        '--no-transfer-progress',
        `--file=${join(SOURCES, 'pom.xml')}`,
        `-Dopensearch.version=${openSearchVersion}`,
        `-DoutputDirectory=${unfinished}`,
        COPY_DEPENDENCIES,
      ],
      environment: { JAVA_HOME: jdk.home },
      directory: unfinished,
    };
    await runJob(paths, job, DOWNLOAD_TIMEOUT_SECONDS);
  });
}

/** Configures a real OpenSearch node that answers on `port`, its data below the stack's home. */
export function openSearchServer(paths: StackPaths, { jdk }: JavaChoice, jars: string, port: number): Server {
  const data = join(paths.data, NAME);
  const clusterName = `weir-${port}`;
  return {
    name: NAME,
    command: join(jdk.home, 'bin', 'java'),
    args: [
      '-Xms512m',
      '-Xmx1g',
      ...(jdk.majorVersion >= NATIVE_ACCESS_FLAG_SINCE ? ['--enable-native-access=ALL-UNNAMED'] : []),
      '-cp',
      join(jars, '*'),
      join(SOURCES, 'LaunchOpenSearch.java'),
      data,
      String(port),
      clusterName,
    ],
    environment: {},
    directory: data,
    prepare: () => writeSettings(data),
    isHealthy: () => isAnswering(healthUrl(port), (body) => body.includes(`"${clusterName}"`)),
    startTimeoutSeconds: START_TIMEOUT_SECONDS,
  };
}

/** Answered with success once every index can be read and written, also after a restart on earlier data. */
function healthUrl(port: number): string {
  return `http://127.0.0.1:${port}/_cluster/health?wait_for_status=yellow&timeout=1s`;
}

function writeSettings(data: string): void {
  const folder = join(data, 'node_1', 'config');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'opensearch.yml'), SETTINGS);
}
