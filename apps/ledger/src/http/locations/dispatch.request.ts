import { isTimeOfDay, isTimeZone, type DispatchPolicy } from '#atp';
import { rule } from '#platform';
import { handlingDaysMax } from '#policies';
import { field, Integer } from '../fields/index.js';

/** When units leave a location. */
export class DispatchRequest implements DispatchPolicy {
  @field(
    { description: 'What is promised from this time of day on leaves a day later' },
    { type: String, example: '14:00' },
    rule('isTimeOfDay', 'invalid_value', textThat(isTimeOfDay), 'must be HH:MM, 00:00 to 23:59'),
  )
  cutOff!: string;
  @field(
    { description: 'Of the IANA database; the cut-off and the day are by its clocks' },
    { type: String, example: 'Europe/Berlin' },
    rule('isTimeZone', 'invalid_value', textThat(isTimeZone), 'must be a zone of the IANA database, as Europe/Berlin'),
  )
  timeZone!: string;
  @Integer({ min: 0, max: handlingDaysMax, example: 1, description: 'Calendar days after that' })
  handlingDays!: number;

  toPolicy(): DispatchPolicy {
    return { cutOff: this.cutOff, timeZone: this.timeZone, handlingDays: this.handlingDays };
  }
}

function textThat(holds: (text: string) => boolean): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && holds(value);
}
