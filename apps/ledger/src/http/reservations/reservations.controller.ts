import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import type { SetCartAnswer } from '../../composition/carts.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { CartHolds } from '../../reservations/index.js';
import { AskerOf } from '../asker.decorator.js';
import { CodePipe, KeyPipe } from '../path-codes.js';
import { cartView, heldCart, touchedCart, type CartView } from './cart.answer.js';
import { CartRequest } from './cart.request.js';
import { ExtendCartCommand } from './extend-cart.js';
import { ExtendRequest } from './extend.request.js';
import { ReleaseCartCommand } from './release-cart.js';
import { SetCartCommand } from './set-cart.js';

const withoutKey =
  'Without an Idempotency-Key a request that comes twice is decided twice; what a cart holds is set, so both end alike.';

@ApiTags('reservations')
@Scopes('reservations:write')
@Controller('v1/reservations/:channel/:cart')
export class ReservationsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Put()
  @HttpCode(200)
  @Answers('Sets what a cart holds: all of it, or nothing changes', {
    problems: [
      'insufficient',
      'unknown_sku',
      'unknown_channel',
      'not_author',
      'command_id_reused',
      'busy',
      'outcome_unknown',
    ],
    notes: withoutKey,
  })
  async set(
    @AskerOf() asker: Asker,
    @Param('channel', CodePipe) channel: string,
    @Param('cart', KeyPipe) cart: string,
    @Body() request: CartRequest,
  ): Promise<CartView> {
    const command = new SetCartCommand(asker, request.toWish(channel, cart));
    return heldCart({ channel, cart }, await this.commands.execute<SetCartCommand, SetCartAnswer>(command));
  }

  @Get()
  @Answers('What a cart holds now', { problems: ['reservation_not_found'] })
  async get(@Param('channel', CodePipe) channel: string, @Param('cart', KeyPipe) cart: string): Promise<CartView> {
    const lines = await this.ledger.carts.holds({ channel, cart });
    return touchedCart({ channel, cart }, { lines });
  }

  @Post('extend')
  @HttpCode(200)
  @Answers('Moves the deadline of what a cart holds', { problems: ['reservation_not_found', 'ttl_out_of_range'] })
  async extend(
    @AskerOf() asker: Asker,
    @Param('channel', CodePipe) channel: string,
    @Param('cart', KeyPipe) cart: string,
    @Body() { ttlSeconds }: ExtendRequest,
  ): Promise<CartView> {
    const ttl = ttlSeconds === undefined ? {} : { ttlMillis: ttlSeconds * 1000 };
    const command = new ExtendCartCommand(asker, { channel, cart, ...ttl });
    return touchedCart({ channel, cart }, await this.commands.execute<ExtendCartCommand, CartHolds>(command));
  }

  @Delete()
  @Answers('Gives back what a cart holds; a cart that holds nothing stays so')
  async release(
    @AskerOf() asker: Asker,
    @Param('channel', CodePipe) channel: string,
    @Param('cart', KeyPipe) cart: string,
  ): Promise<CartView> {
    const command = new ReleaseCartCommand(asker, { channel, cart });
    const holds = await this.commands.execute<ReleaseCartCommand, CartHolds>(command);
    return holds.lines.length === 0 ? cartView({ channel, cart }, holds) : touchedCart({ channel, cart }, holds);
  }
}
