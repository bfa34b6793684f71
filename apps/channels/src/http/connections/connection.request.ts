import type { Canary } from '#channel-kit';
import { rungs, type Rung } from '#channel-kit';
import { ProblemError } from '#platform';
import type { ConnectionChange, LadderStep, Wanted } from '../../connections/index.js';
import {
  DryRun,
  KindName,
  Names,
  Next,
  Percent,
  Reason,
  Revision,
  SecretTexts,
  SettingsOfKind,
  Word,
} from '../shared/fields.js';

/** What every change says. */
export class WantedRequest {
  @Reason() reason!: string;
  @DryRun() dryRun?: boolean;

  /** @param actor the key that asks */
  toWanted(actor: string): Wanted {
    return { actor, reason: this.reason, dryRun: this.dryRun ?? false };
  }
}

export class ConnectorRequest extends WantedRequest {
  @KindName() kind?: string;
  @SettingsOfKind({ description: 'How the shop is reached; no secrets' }) settings!: Record<string, unknown>;
  @SecretTexts({ description: 'Kept under lock, and never shown again' }) secrets!: Record<string, string>;
}

export class ConnectorChangeRequest extends WantedRequest {
  @Revision() revision!: number;
  @SettingsOfKind({ optional: true, description: 'All of them; those that stand when left out' })
  settings?: Record<string, unknown>;
  @SecretTexts({ optional: true, description: 'Those that are new; the others stay' })
  secrets?: Record<string, string>;

  toChange(): ConnectionChange {
    return { settings: this.settings, secrets: this.secrets ?? {}, revision: this.revision };
  }
}

/** More listings than a person looks after by hand. */
const canaryListingsMax = 500;

export class LadderRequest extends WantedRequest {
  @Revision() revision!: number;
  @Word(rungs, 'Where to: one rung up, or any down') rung!: Rung;
  @Percent('Of a canary: the share of the listings that is written') percent?: number;
  @Names('1-0@s1g0', canaryListingsMax, 'Of a canary: the rows that are written, instead of a share')
  listings?: string[];

  /** @throws ProblemError for a canary of both kinds, or where there is none */
  toStep(): LadderStep {
    return { rung: this.rung, canary: this.canary(), revision: this.revision };
  }

  private canary(): Canary | undefined {
    const { rung, percent, listings } = this;
    if (percent === undefined && listings === undefined) return undefined;
    if (rung === 'canary' && (percent === undefined || listings === undefined))
      return percent === undefined ? { listings: listings ?? [] } : { percent };
    const detail = 'percent or listings are for the rung canary, one of the two';
    throw new ProblemError('invalid_value', { field: percent === undefined ? 'listings' : 'percent', detail });
  }
}

export class HistoryQuery {
  @Next(/^\d{1,15}$/u) cursor?: string;
}
