import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { Bundles } from '../bundle/bundle-functions.ts';
import type { FunctionName } from '../function-name.ts';
import type { StageConfig } from '../stage/stage-config.ts';
import { wildcardFinding } from './wildcard-finding.ts';

/** What Lambda itself puts into a function's environment. */
type GivenByLambda = 'AWS_REGION';

/** The environment that a function's `Config` asks for: a missing or misspelt variable does not compile. */
export type FunctionEnvironment<Schema extends z.ZodType> = Readonly<
  Record<Exclude<keyof z.input<Schema>, GivenByLambda>, string>
>;

export interface HouseFunctionProps {
  readonly functionName: FunctionName;
  readonly description: string;
  readonly stage: StageConfig;
  readonly bundles: Bundles;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** A function with a role of its own that may write its own log and nothing else, until `allow` says so. */
export class HouseFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    super(scope, id);
    const { functionName, stage } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: stage.retention.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${functionName} may do`,
    });
    logGroup.grantWrite(this.#role);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: stage.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      code: Code.fromAsset(props.bundles[functionName]),
      handler: 'index.handler',
      role: this.#role,
      logGroup,
      memorySize: stage.memoryMb[functionName],
      timeout: Duration.seconds(props.timeoutSeconds),
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: functionName,
        POWERTOOLS_METRICS_NAMESPACE: 'Weir',
        ...props.environment,
      },
    });
  }

  /** Allows actions on resources that are named in full. */
  allow(actions: readonly string[], ...resources: readonly string[]): void {
    this.#role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  /** Allows actions on those items of a table whose partition key is like `partition`, in which `*` matches anything. */
  allowPartition(actions: readonly string[], table: string, partition: string): void {
    this.#role.addToPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [table],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partition] } },
      }),
    );
  }

  /** Allows actions on everything under `prefix`, a resource name less the `*` that ends it. */
  allowUnder(actions: readonly string[], prefix: string, reason: string): void {
    const resource = `${prefix}*`;
    this.allow(actions, resource);
    Validations.of(this.#role).acknowledge({ id: wildcardFinding(this, resource), reason });
  }
}
