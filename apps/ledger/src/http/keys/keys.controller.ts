import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Answers,
  keysPerConnectionMax,
  parseTimestamp,
  ProblemError,
  Scopes,
  type KeyRecord,
  type KeyRing,
} from '#platform';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { KeyRequest } from './key.request.js';
import { KEY_RING } from './key-ring.token.js';

/** A key as it is listed: everything but its secret, which nobody has. */
type KeyView = Omit<KeyRecord, 'secretHash'> & { readonly prefix: string };

const viewOf = ({ secretHash: _secretHash, ...record }: KeyRecord): KeyView => ({
  ...record,
  prefix: `sl_${record.keyId}_`,
});

@ApiTags('keys')
@Scopes('ops')
@Controller('v1/keys')
export class KeysController {
  constructor(
    @Inject(KEY_RING) private readonly ring: KeyRing,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Post()
  @HttpCode(200)
  @Answers('Makes an API key; the answer shows it this once', { problems: ['too_many_keys'] })
  async create(@Body() { connection, scopes, expiresAt }: KeyRequest): Promise<KeyView & { key: string }> {
    const expiry = expiresAt === undefined ? {} : { expiresAt: parseTimestamp(expiresAt) ?? expiresAt };
    const made = await this.ring.create({ connection, scopes, ...expiry }, this.ledger.clock.now());
    if (made !== 'too_many_keys') return { ...viewOf(made.key), key: made.token };
    const detail = `${connection} has ${keysPerConnectionMax} active keys.`;
    throw new ProblemError('too_many_keys', { field: 'connection', detail });
  }

  @Get()
  @Answers('Every API key without its secret')
  list(): { keys: KeyView[] } {
    return { keys: this.ring.list().map(viewOf) };
  }

  @Delete(':keyId')
  @Answers('Revokes an API key: at once in this process, within 5 seconds in others', { problems: ['key_not_found'] })
  async revoke(@Param('keyId') keyId: string): Promise<{ keyId: string; revoked: true }> {
    if (await this.ring.revoke(keyId, this.ledger.clock.now())) return { keyId, revoked: true };
    throw new ProblemError('key_not_found');
  }
}
