import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { StageConfig } from '../stage/stage-config.ts';

type Keys = readonly [partition: string, sort?: string];

/** The three tables: `ledger` (batches), `control` (keys, users, limits) and `alerts` (state with its outbox). */
export class WeirTables extends Construct {
  readonly ledger: Table;
  readonly control: Table;
  readonly alerts: Table;

  constructor(scope: Construct, id: string, stage: StageConfig) {
    super(scope, id);
    this.ledger = createTable(this, 'Ledger', stage, ['batch']);
    addIndex(this.ledger, 'by_hour', ['received_hour', 'received_at']);
    addIndex(this.ledger, 'open', ['open', 'received_at']);
    this.control = createTable(this, 'Control', stage, ['pk', 'sk']);
    this.alerts = createTable(this, 'Alerts', stage, ['pk', 'sk']);
    addIndex(this.alerts, 'outbox', ['outbox', 'updated_at']);
  }
}

function createTable(scope: Construct, id: string, stage: StageConfig, keys: Keys): Table {
  const keep = stage.removal === 'retain';
  return new Table(scope, id, {
    ...keySchema(keys),
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: 'expires_at',
    deletionProtection: keep,
    removalPolicy: keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
}

function addIndex(table: Table, indexName: string, keys: Keys): void {
  table.addGlobalSecondaryIndex({ indexName, ...keySchema(keys), projectionType: ProjectionType.ALL });
}

function keySchema([partition, sort]: Keys) {
  const attribute = (name: string) => ({ name, type: AttributeType.STRING });
  return {
    partitionKey: attribute(partition),
    ...(sort === undefined ? {} : { sortKey: attribute(sort) }),
  };
}
