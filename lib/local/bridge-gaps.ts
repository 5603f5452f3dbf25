import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTimeToLiveCommand, DynamoDBClient, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { PutBucketLifecycleConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { toLifecycleRule } from './lifecycle-rule.ts';

const Template = z.object({
  Resources: z
    .record(
      z.string(),
      z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
    )
    .default({}),
});
type Properties = z.output<typeof Template>['Resources'][string]['Properties'];

const Lifecycle = z.object({ Rules: z.array(z.record(z.string(), z.unknown())) });
const TimeToLive = z.object({ AttributeName: z.string(), Enabled: z.boolean() });

/** Applies what one kind of resource asks for; false where it asks for nothing. */
type Bridge = (physicalId: string, properties: Properties) => Promise<boolean>;

/** What the emulator's CloudFormation leaves out but its services do when asked. On AWS the stacks do it themselves. */
const BRIDGES: Readonly<Record<string, Bridge>> = {
  'AWS::S3::Bucket': applyLifecycle,
  'AWS::DynamoDB::Table': applyTimeToLive,
  'AWS::DynamoDB::GlobalTable': applyTimeToLive,
  'AWS::Lambda::Function': applyReservedConcurrency,
};

/** Reads the synthesized templates in `cdkOut` and makes up for the emulator's gaps. Gives the number of resources. */
export async function bridgeGaps(cdkOut: string): Promise<number> {
  const files = readdirSync(cdkOut).filter((name) => name.endsWith('.template.json'));
  const counts = await Promise.all(files.map((name) => bridgeStack(join(cdkOut, name))));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function bridgeStack(file: string): Promise<number> {
  const { Resources } = Template.parse(JSON.parse(readFileSync(file, 'utf8')));
  const wanted = Object.entries(Resources).filter(([, { Type }]) => Type in BRIDGES);
  if (wanted.length === 0) return 0;
  const physicalIds = await readPhysicalIds(basename(file, '.template.json'));
  const applied = await Promise.all(
    wanted.map(([logicalId, { Type, Properties }]) => {
      const physicalId = physicalIds.get(logicalId);
      return physicalId === undefined ? false : BRIDGES[Type]?.(physicalId, Properties);
    }),
  );
  return applied.filter(Boolean).length;
}

async function readPhysicalIds(stackName: string): Promise<ReadonlyMap<string, string>> {
  const answer = await new CloudFormationClient({}).send(
    new DescribeStackResourcesCommand({ StackName: stackName }),
  );
  return new Map(
    (answer.StackResources ?? []).map(({ LogicalResourceId, PhysicalResourceId }) => [
      LogicalResourceId ?? '',
      PhysicalResourceId ?? '',
    ]),
  );
}

async function applyLifecycle(bucket: string, properties: Properties): Promise<boolean> {
  const lifecycle = Lifecycle.safeParse(properties['LifecycleConfiguration']).data;
  if (!lifecycle) return false;
  const LifecycleConfiguration = { Rules: lifecycle.Rules.map(toLifecycleRule) };
  const command = new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration });
  await new S3Client({}).send(command);
  return true;
}

async function applyTimeToLive(table: string, properties: Properties): Promise<boolean> {
  const wanted = TimeToLive.safeParse(properties['TimeToLiveSpecification']).data;
  if (!wanted) return false;
  const client = new DynamoDBClient({});
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: table }));
  // Setting what is set already is an error.
  if ((TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED') !== wanted.Enabled) {
    await client.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification: wanted }));
  }
  return true;
}

async function applyReservedConcurrency(name: string, properties: Properties): Promise<boolean> {
  const reserved = properties['ReservedConcurrentExecutions'];
  if (typeof reserved !== 'number') return false;
  const command = new PutFunctionConcurrencyCommand({
    FunctionName: name,
    ReservedConcurrentExecutions: reserved,
  });
  await new LambdaClient({}).send(command);
  return true;
}
