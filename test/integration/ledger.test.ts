import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createDynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { defineLedgerContract } from '../conformance/ledger-contract.ts';
import { createLedgerTable } from '../support/create-ledger-table.ts';
import { requireEnvironment } from '../support/require-environment.ts';

requireEnvironment('AWS_ENDPOINT_URL');
const connect = connectDynamo();

defineLedgerContract('DynamoDB', async () => createDynamoLedger(connect, await createLedgerTable(connect)));
