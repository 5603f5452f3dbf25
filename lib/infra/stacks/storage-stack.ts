import type { Construct } from 'constructs';
import { LogBucket } from '../constructs/log-bucket.ts';
import { WeirTables } from '../constructs/weir-tables.ts';
import { WeirStack, type WeirStackProps } from './weir-stack.ts';

/** What is kept: the bucket and the tables. */
export class StorageStack extends WeirStack {
  readonly logs: LogBucket;
  readonly tables: WeirTables;

  constructor(scope: Construct, props: WeirStackProps) {
    super(scope, 'Storage', props);
    this.logs = new LogBucket(this, 'Logs', props.stage);
    this.tables = new WeirTables(this, 'Tables', props.stage);
    this.publish({
      BucketName: this.logs.bucket.bucketName,
      LedgerTable: this.tables.ledger.tableName,
      ControlTable: this.tables.control.tableName,
      AlertsTable: this.tables.alerts.tableName,
    });
  }
}
