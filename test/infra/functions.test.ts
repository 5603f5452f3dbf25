import type { Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { FunctionName } from '../../lib/infra/function-name.ts';
import { buildApp, type Resource, resourcesOf, synthesize } from './support/synthesize.ts';

const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const READ_QUEUE = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
];
const WRITE_ITEMS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** All that each function may do. A new right needs a new entry here, and a reason in the review. */
const ALLOWED: Readonly<Record<FunctionName, readonly string[]>> = {
  intake: [...LOG, ...WRITE_ITEMS, 's3:PutObject', 'sqs:SendMessage'],
  // The last two come with the on-failure destination.
  'intake-subscription': [
    ...[...LOG, ...WRITE_ITEMS, 's3:PutObject', 'sqs:SendMessage'],
    ...['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
  ],
  process: [
    ...[...LOG, ...WRITE_ITEMS, ...READ_QUEUE, 'es:ESHttpPost'],
    ...['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
  ],
  recover: [
    ...[...LOG, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'es:ESHttpGet', 'es:ESHttpPost'],
    ...['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
  ],
  subscribe: [
    ...[...LOG, 'logs:DescribeLogGroups', 'logs:DescribeSubscriptionFilters', 'logs:ListTagsForResource'],
    ...['logs:DeleteSubscriptionFilter', 'logs:PutSubscriptionFilter'],
  ],
  'evaluate-alerts': [...LOG, ...WRITE_ITEMS, 'dynamodb:Query', 'es:ESHttpPost', 'sqs:SendMessage'],
  notify: [...LOG, ...WRITE_ITEMS, ...READ_QUEUE, 'sqs:SendMessage', 'secretsmanager:GetSecretValue'],
  'setup-domain': [...LOG, 'es:ESHttpGet', 'es:ESHttpPut'],
  api: [
    ...[...LOG, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'es:ESHttpGet', 'es:ESHttpPost'],
    ...['s3:GetObject', 's3:ListBucket', 'sqs:GetQueueAttributes', 'secretsmanager:GetSecretValue'],
  ],
};

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const templates = synthesize('dev');
const functions = resourcesOf(templates, 'AWS::Lambda::Function');

function nameOf({ Properties }: Resource): FunctionName {
  return Properties['Environment'].Variables.POWERTOOLS_SERVICE_NAME;
}

function roleOf({ Properties }: Resource): string {
  return Properties['Role']['Fn::GetAtt'][0];
}

function statementsOf(name: FunctionName): Statement[] {
  const resource = functions.map(([, found]) => found).find((found) => nameOf(found) === name)!;
  return resourcesOf(templates, 'AWS::IAM::Policy')
    .filter(([, { Properties }]) =>
      Properties['Roles'].some((role: { Ref: string }) => role.Ref === roleOf(resource)),
    )
    .flatMap(([, { Properties }]) => Properties['PolicyDocument'].Statement);
}

describe('functions', () => {
  test('are the ones that have a folder, and no other', () => {
    expect(functions.map(([, resource]) => nameOf(resource)).sort()).toEqual(
      [...FunctionName.options].sort(),
    );
  });

  test('run on Node 24 with a log of their own that expires', () => {
    const logs = resourcesOf(templates, 'AWS::Logs::LogGroup');
    const used = functions.map(([, { Properties }]) => Properties['LoggingConfig'].LogGroup.Ref);
    expect(new Set(used).size).toBe(functions.length);
    for (const [, { Properties }] of functions) expect(Properties['Runtime']).toBe('nodejs24.x');
    for (const [name, { Properties }] of logs) expect(Properties['RetentionInDays'], name).toBe(14);
  });

  test('have one role each, without managed policies', () => {
    const roles = resourcesOf(templates, 'AWS::IAM::Role');
    expect(new Set(functions.map(([, resource]) => roleOf(resource))).size).toBe(functions.length);
    expect(roles).toHaveLength(functions.length);
    for (const [name, { Properties }] of roles) expect(Properties['ManagedPolicyArns'], name).toBeUndefined();
  });

  test.each(FunctionName.options)('%s may do what it needs and nothing else', (name) => {
    const actions = statementsOf(name).flatMap(({ Action }) => Action);
    expect([...new Set(actions)].sort()).toEqual([...new Set(ALLOWED[name])].sort());
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  test.each(FunctionName.options)('%s may do nothing to everything', (name) => {
    expect(statementsOf(name).filter(({ Resource }) => [Resource].flat().includes('*'))).toEqual([]);
  });

  test.each([
    ['intake', ['ingest_key', 'rate#*']],
    ['api', ['user', 'rate#*']],
    ['process', ['breaker']],
    ['recover', ['breaker']],
  ] as const)('%s reaches only what it needs of the control table', (name, partitions) => {
    const control = statementsOf(name).filter(({ Resource }) =>
      JSON.stringify(Resource).includes('TablesControl'),
    );
    expect(control.map(({ Condition }) => Condition)).toEqual(
      partitions.map((partition) => ({
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partition] },
      })),
    );
  });

  test('intake-subscription can be called by the log service of this account only', () => {
    templates['Ingest']?.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'logs.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });
});

describe('setup of the domain', () => {
  const revision = (code: string) =>
    resourcesOf(synthesize('dev', {}, code), 'Custom::WeirDomainSetup')[0]![1].Properties['code'];

  test('runs again when its code has changed, and only then', () => {
    expect(revision('export const handler = 1;')).toBe(revision('export const handler = 1;'));
    expect(revision('export const handler = 1;')).not.toBe(revision('export const handler = 2;'));
  });

  test('comes before the functions that write to the domain, also where that exists already', () => {
    const app = buildApp('local');
    const ingest = app.node.findChild('Weir-local-Ingest') as Stack;
    expect(ingest.dependencies.map(({ stackName }) => stackName)).toContain('Weir-local-Search');
  });
});

describe('outputs', () => {
  test('are the ones that the command line and the tests look for', () => {
    const names = Object.values(templates).flatMap((template) =>
      Object.keys(template.findOutputs('*')).filter((name) => !name.startsWith('Exports')),
    );
    expect(names.sort()).toEqual(
      [
        ...['IntakeUrl', 'ApiUrl', 'LogQueueUrl', 'BucketName', 'LedgerTable', 'ControlTable', 'AlertsTable'],
        ...['OpenSearchUrl', 'SubscriptionFunctionArn', 'ProcessFunctionName', 'EvaluateFunctionName'],
        ...[
          'NotifyFunctionName',
          'SetupFunctionName',
          'IntakeFunctionName',
          'ApiFunctionName',
          'NotifyQueueUrl',
        ],
        ...[
          'WebhookSecretArn',
          'TokenKeyArn',
          'LogDeadLetterUrl',
          'NotifyDeadLetterUrl',
          'AlarmTopicArn',
          'RecoverFunctionName',
          'SubscribeFunctionName',
        ],
      ].sort(),
    );
  });
});
