import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { type Resource, resourcesOf, synthesize } from './support/synthesize.ts';

const STAGES = ['local', 'dev', 'prod'].map((stage) => [stage, synthesize(stage)] as const);

describe.each(STAGES)('storage of stage %s', (stage, templates) => {
  test('encrypts every bucket, closes it to the public and refuses plain HTTP', () => {
    const buckets = resourcesOf(templates, 'AWS::S3::Bucket');
    const policies = JSON.stringify(resourcesOf(templates, 'AWS::S3::BucketPolicy'));
    expect(buckets).toHaveLength(2);
    for (const [name, { Properties }] of buckets) {
      expect(Properties['BucketEncryption'], name).toBeDefined();
      expect(Object.values(Properties['PublicAccessBlockConfiguration'])).toEqual([true, true, true, true]);
    }
    expect(policies.match(/"aws:SecureTransport":"false"/g)).toHaveLength(buckets.length);
  });

  test('expires raw bodies, archive and quarantine, but never what is parked', () => {
    const rules = resourcesOf(templates, 'AWS::S3::Bucket')
      .flatMap(([, { Properties }]) => Properties['LifecycleConfiguration'].Rules)
      .filter((rule) => rule.Prefix !== undefined);
    expect(rules.map((rule) => rule.Prefix).sort()).toEqual(['archive/', 'quarantine/', 'raw/']);
    for (const rule of rules) expect(rule.ExpirationInDays).toBeGreaterThan(0);
  });

  test('lets every table be restored to any point in time, expire its items and cost nothing at rest', () => {
    const tables = resourcesOf(templates, 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(3);
    for (const [name, { Properties }] of tables) {
      expect(Properties['PointInTimeRecoverySpecification'], name).toEqual({
        PointInTimeRecoveryEnabled: true,
      });
      expect(Properties['TimeToLiveSpecification']).toEqual({ AttributeName: 'expires_at', Enabled: true });
      expect(Properties['BillingMode']).toBe('PAY_PER_REQUEST');
      expect(Properties['DeletionProtectionEnabled']).toBe(stage === 'prod');
    }
  });

  test('gives the tables the keys and indexes that the adapters ask for', () => {
    const schema = (table: Resource['Properties']) =>
      [table, ...(table['GlobalSecondaryIndexes'] ?? [])].map((part) => [
        part.IndexName ?? 'table',
        ...part.KeySchema.map((key: { AttributeName: string }) => key.AttributeName),
      ]);
    expect(
      resourcesOf(templates, 'AWS::DynamoDB::Table').map(([, { Properties }]) => schema(Properties)),
    ).toEqual([
      [
        ['table', 'batch'],
        ['by_hour', 'received_hour', 'received_at'],
        ['open', 'open', 'received_at'],
      ],
      [['table', 'pk', 'sk']],
      [
        ['table', 'pk', 'sk'],
        ['outbox', 'outbox', 'updated_at'],
      ],
    ]);
  });

  test('keeps data in production and deletes it elsewhere', () => {
    const kept = [
      ...resourcesOf(templates, 'AWS::S3::Bucket'),
      ...resourcesOf(templates, 'AWS::DynamoDB::Table'),
      ...resourcesOf(templates, 'AWS::OpenSearchService::Domain'),
    ];
    for (const [name, { DeletionPolicy }] of kept) {
      expect(DeletionPolicy, name).toBe(stage === 'prod' ? 'Retain' : 'Delete');
    }
  });
});

describe('the managed domain', () => {
  test('is encrypted everywhere, takes TLS 1.2 only and admits the function roles of its stage only', () => {
    const { Search } = synthesize('prod');
    Search!.hasResourceProperties('AWS::OpenSearchService::Domain', {
      EngineVersion: Match.stringLikeRegexp('^OpenSearch_3\\.'),
      EncryptionAtRestOptions: { Enabled: true },
      NodeToNodeEncryptionOptions: { Enabled: true },
      DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      ClusterConfig: {
        InstanceCount: 3,
        ZoneAwarenessConfig: { AvailabilityZoneCount: 3 },
        DedicatedMasterCount: 3,
      },
      AccessPolicies: {
        Statement: [
          Match.objectLike({
            Action: ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut'],
            Condition: {
              ArnLike: {
                'aws:PrincipalArn': {
                  'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':role/Weir-prod-\\*$')])],
                },
              },
            },
          }),
        ],
      },
    });
  });

  test('is not made where an endpoint exists, and functions get rights to it where AWS guards that endpoint', () => {
    const endpoint = `https://search-shop-logs-${'a'.repeat(26)}.eu-west-1.es.amazonaws.com`;
    const templates = synthesize('dev', { domain: { kind: 'existing', endpoint } });
    expect(resourcesOf(templates, 'AWS::OpenSearchService::Domain')).toEqual([]);
    expect(JSON.stringify(templates['Ingest']?.toJSON())).toContain(':domain/shop-logs/*');
  });

  test('keeps the password of an existing endpoint out of the outputs', () => {
    const templates = synthesize('dev', {
      domain: { kind: 'existing', endpoint: 'https://weir:secret@search.example.org/logs' },
    });
    templates['Search']?.hasOutput('OpenSearchUrl', { Value: 'https://search.example.org/logs' });
  });
});
