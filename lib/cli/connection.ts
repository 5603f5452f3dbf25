import { useLocalAws } from '../local/local-aws.ts';
import { stackPaths } from '../local/stack-paths.ts';
import { type LocalStack, readLocalStack } from '../local/state-file.ts';
import { CommandError, EXIT } from './terminal.ts';

const DEFAULT_HOME = '.weir';

interface Setting {
  readonly variable: string;
  /** The stack output that holds its value on AWS. */
  readonly output: string;
  readonly local: (stack: LocalStack) => string | undefined;
  /** Names a resource of an AWS account, rather than an address. */
  readonly isAws?: true;
}

const SETTINGS = {
  intakeUrl: { variable: 'WEIR_INTAKE_URL', output: 'IntakeUrl', local: (stack) => stack.intakeUrl },
  ingestKey: {
    variable: 'WEIR_INGEST_KEY',
    output: 'none: make one with `weir keys create`',
    local: (stack) => stack.ingestKey,
  },
  apiUrl: { variable: 'WEIR_API_URL', output: 'ApiUrl', local: (stack) => stack.apiUrl },
  openSearchUrl: {
    variable: 'OPENSEARCH_URL',
    output: 'OpenSearchUrl',
    local: (stack) => stack.openSearchUrl,
  },
  queueUrl: {
    variable: 'LOG_QUEUE_URL',
    output: 'LogQueueUrl',
    local: (stack) => stack.queueUrl,
    isAws: true,
  },
  bucket: { variable: 'BUCKET', output: 'BucketName', local: (stack) => stack.bucket, isAws: true },
  ledgerTable: {
    variable: 'LEDGER_TABLE',
    output: 'LedgerTable',
    local: (stack) => stack.tables.ledger,
    isAws: true,
  },
  controlTable: {
    variable: 'CONTROL_TABLE',
    output: 'ControlTable',
    local: (stack) => stack.tables.control,
    isAws: true,
  },
  tokenKeyArn: {
    variable: 'TOKEN_KEY_ARN',
    output: 'TokenKeyArn',
    local: (stack) => stack.outputs['TokenKeyArn'],
    isAws: true,
  },
} as const satisfies Record<string, Setting>;

/** What a command can ask a connection for. */
export type SettingName = keyof typeof SETTINGS;

/** Where a deployment of Weir is. */
export interface Connection {
  readonly region: string;
  /** Throws a CommandError that says which variable to set where the value is not known. */
  need(name: SettingName): string;
}

/**
 * Finds the deployment: each value from its environment variable, or from the local stack in `.weir` (or `WEIR_HOME`).
 * AWS clients of this process talk to the local stack's emulator, unless a variable names an AWS resource.
 */
export function openConnection(environment: NodeJS.ProcessEnv): Connection {
  const paths = stackPaths(environment['WEIR_HOME'] || DEFAULT_HOME);
  const stack = readLocalStack(paths);
  const settings: readonly Setting[] = Object.values(SETTINGS);
  const namesAws = settings.some(({ isAws, variable }) => isAws === true && environment[variable]);
  if (stack !== undefined && !namesAws) useLocalAws(stack.awsEndpointUrl);
  return {
    region: (namesAws ? undefined : stack?.region) ?? environment['AWS_REGION'] ?? 'us-east-1',
    need(name) {
      const { variable, output, local }: Setting = SETTINGS[name];
      const value = environment[variable] || (stack && local(stack));
      if (value) return value;
      throw new CommandError(
        EXIT.usage,
        `No deployment is known: there is no ${paths.state}, and ${variable} is not set. Start the local stack with \`npm run up\`, or set ${variable} (stack output: ${output}).`,
      );
    },
  };
}
