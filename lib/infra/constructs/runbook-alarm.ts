import { Alarm, type AlarmProps, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface RunbookAlarmProps extends Omit<AlarmProps, 'alarmDescription' | 'actionsEnabled'> {
  /** What users of the system lose while this lasts. */
  readonly impact: string;
  /** Anchor of the article in docs/runbook.md. */
  readonly runbook: string;
  readonly topic: ITopic;
}

/** An alarm that says what it means for users and where the way out is written down. */
export class RunbookAlarm extends Alarm {
  constructor(scope: Construct, id: string, { impact, runbook, topic, ...props }: RunbookAlarmProps) {
    super(scope, id, {
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
      alarmDescription: `${impact} What to do: docs/runbook.md#${runbook}`,
    });
    const action = new SnsAction(topic);
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}
