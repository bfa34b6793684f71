import { Module, type DynamicModule } from '@nestjs/common';
import type { Clock } from '#event-sourcing';
import type { Records } from '../../records/index.js';
import { AlertsController } from './alerts.controller.js';
import { FindingsController } from './findings.controller.js';
import { ReportController } from './report.controller.js';
import { SyncLogController } from './sync-log.controller.js';
import { CLOCK, RECORDS } from './tokens.js';

/** What the records' HTTP stands on: started before, stopped after. */
export type RecordsHttpParts = { readonly records: Records; readonly clock: Pick<Clock, 'now'> };

/** What is kept of channels, over HTTP. */
@Module({})
export class RecordsHttpModule {
  static with({ records, clock }: RecordsHttpParts): DynamicModule {
    return {
      module: RecordsHttpModule,
      controllers: [AlertsController, FindingsController, ReportController, SyncLogController],
      providers: [
        { provide: RECORDS, useFactory: () => records },
        { provide: CLOCK, useFactory: () => clock },
      ],
    };
  }
}
