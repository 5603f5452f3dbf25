import { createDynamoBreaker } from '../../lib/adapters/dynamodb/breaker.ts';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { defineBreakerContract } from '../conformance/breaker-contract.ts';
import { createControlTable } from '../support/create-control-table.ts';
import { requireEnvironment } from '../support/require-environment.ts';

requireEnvironment('AWS_ENDPOINT_URL');
const connect = connectDynamo();

defineBreakerContract('DynamoDB', async () =>
  createDynamoBreaker(connect, await createControlTable(connect)),
);
