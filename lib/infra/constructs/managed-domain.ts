import { Aws, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { CfnDomain, EngineVersion } from 'aws-cdk-lib/aws-opensearchservice';
import { Construct } from 'constructs';
import type { StageConfig } from '../stage/stage-config.ts';

type Settings = Extract<StageConfig['domain'], { kind: 'managed' }>;

export type ManagedDomainProps = Settings & { readonly stage: StageConfig };

const MASTERS = 3;
const MAX_ZONES = 3;
const PUBLISHED_LOGS = ['SEARCH_SLOW_LOGS', 'INDEX_SLOW_LOGS', 'ES_APPLICATION_LOGS'] as const;

/**
 * A managed OpenSearch 3 domain: encrypted at rest, between nodes and on the way; its policy admits signed requests of
 * this stage's function roles. Not the L2 construct, which sets policies through custom resources with broad roles.
 */
export class ManagedDomain extends Construct {
  readonly endpoint: string;
  /** Resource name of the domain's paths, less the `*` that ends it. */
  readonly paths: string;

  constructor(scope: Construct, id: string, props: ManagedDomainProps) {
    super(scope, id);
    const { stage } = props;
    const domainName = `weir-${stage.name}`;
    this.paths = `arn:${Aws.PARTITION}:es:${Aws.REGION}:${Aws.ACCOUNT_ID}:domain/${domainName}/`;
    const domain = new CfnDomain(this, 'Domain', {
      domainName,
      engineVersion: EngineVersion.OPENSEARCH_3_5.version,
      clusterConfig: clusterConfig(props),
      ebsOptions: { ebsEnabled: true, volumeSize: props.ebsGb, volumeType: 'gp3' },
      encryptionAtRestOptions: { enabled: true },
      nodeToNodeEncryptionOptions: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      accessPolicies: functionRolesOnly(stage, this.paths),
      logPublishingOptions: publishLogs(this, stage),
    });
    domain.applyRemovalPolicy(stage.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    domain.node.addDependency(this.node.findChild('LogPolicy'));
    this.endpoint = domain.attrDomainEndpoint;
    acknowledgeFindings(domain, props);
  }
}

function clusterConfig({ instanceType, nodes, masterType }: Settings): CfnDomain.ClusterConfigProperty {
  return {
    instanceType,
    instanceCount: nodes,
    zoneAwarenessEnabled: nodes > 1,
    ...(nodes > 1 ? { zoneAwarenessConfig: { availabilityZoneCount: Math.min(nodes, MAX_ZONES) } } : {}),
    multiAzWithStandbyEnabled: false,
    ...(masterType === undefined
      ? { dedicatedMasterEnabled: false }
      : { dedicatedMasterEnabled: true, dedicatedMasterType: masterType, dedicatedMasterCount: MASTERS }),
  };
}

/** Roles are matched by the name that CloudFormation gives them: the domain is made before the stacks that hold them. */
function functionRolesOnly(stage: StageConfig, paths: string): PolicyDocument {
  const roles = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/Weir-${stage.name}-*`;
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        principals: [new AccountRootPrincipal()],
        actions: ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut'],
        resources: [`${paths}*`],
        conditions: { ArnLike: { 'aws:PrincipalArn': roles } },
      }),
    ],
  });
}

function publishLogs(
  scope: Construct,
  stage: StageConfig,
): Record<string, CfnDomain.LogPublishingOptionProperty> {
  const groups = PUBLISHED_LOGS.map((kind) => {
    const group = new LogGroup(scope, kind, {
      retention: stage.retention.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return { kind, group };
  });
  new ResourcePolicy(scope, 'LogPolicy', {
    policyStatements: [
      new PolicyStatement({
        principals: [new ServicePrincipal('es.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: groups.map(({ group }) => group.logGroupArn),
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    ],
  });
  return Object.fromEntries(
    groups.map(({ kind, group }) => [kind, { enabled: true, cloudWatchLogsLogGroupArn: group.logGroupArn }]),
  );
}

function acknowledgeFindings(domain: CfnDomain, { nodes, masterType }: Settings): void {
  const findings = [
    {
      id: 'AwsSolutions-OS1',
      reason:
        'Functions outside a VPC reach the domain without a NAT gateway; every request is signed, over TLS.',
    },
    {
      id: 'AwsSolutions-OS3',
      reason:
        "Functions have no fixed addresses; the domain's policy admits this stage's function roles instead.",
    },
    ...(masterType === undefined
      ? [{ id: 'AwsSolutions-OS4', reason: 'A stage to try things in: a domain this small manages itself.' }]
      : []),
    ...(nodes === 1
      ? [
          {
            id: 'AwsSolutions-OS7',
            reason: 'One node has no second zone; all it holds can be replayed from the archive.',
          },
        ]
      : []),
  ];
  Validations.of(domain).acknowledge(...findings);
}
