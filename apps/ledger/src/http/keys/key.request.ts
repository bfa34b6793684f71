import { ApiProperty } from '@nestjs/swagger';
import { isScope, rule, scopes, type Scope } from '#platform';
import { Code, Timestamp } from '../fields/index.js';

const areScopes = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isScope) && new Set(value).size === value.length;

export class KeyRequest {
  @Code('shop_web', { description: 'The connection that the key speaks for' }) connection!: string;

  @ApiProperty({ type: [String], enum: scopes, example: ['orders:write', 'stock:read'] })
  @rule('areScopes', 'invalid_value', areScopes, `must be a list of different scopes of ${scopes.join(', ')}`)
  scopes!: Scope[];

  @Timestamp({ optional: true, description: 'From then on the key is refused; never when left out' })
  expiresAt?: string;
}
