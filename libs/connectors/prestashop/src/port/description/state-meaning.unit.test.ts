import { describe, expect, it } from 'vitest';
import { type StateOverrides } from '#channel-kit';
import { configuredPayments, meaningOf, shopMeaningOf } from './state-meaning.js';

const configured = (values: Readonly<Record<string, string>>) =>
  configuredPayments(Object.entries(values).map(([name, value], id) => ({ id, name, value })));

const flags = (paid: boolean, shipped: boolean) => ({ id: 1, logable: true, paid, shipped });

describe('a state means', () => {
  it.each([
    ['pending', 'PS_OS_CHEQUE'],
    ['pending', 'PS_OS_BANKWIRE'],
    ['pending', 'PS_OS_COD_VALIDATION'],
    ['paid', 'PS_OS_PAYMENT'],
    ['paid', 'PS_OS_PREPARATION'],
    ['paid', 'PS_OS_SHIPPING'],
    ['refunded', 'PS_OS_REFUND'],
    ['failed', 'PS_OS_ERROR'],
    ['cancelled', 'PS_OS_CANCELED'],
  ] as const)('%s, configured as %s, whatever its flag says', (payment, name) => {
    const payments = configured({ [name]: '21', PS_TIMEZONE: 'UTC' });
    for (const paid of [true, false]) {
      expect(shopMeaningOf(payments.get(21), flags(paid, false))).toEqual({ payment, issued: false, isMapped: true });
    }
  });

  it('what its flags say where it is configured as nothing, and is not mapped then', () => {
    expect(shopMeaningOf(undefined, flags(true, false))).toEqual({ payment: 'paid', issued: false, isMapped: false });
    expect(shopMeaningOf(undefined, flags(false, true))).toEqual({ payment: 'pending', issued: true, isMapped: false });
    expect(shopMeaningOf(undefined, undefined)).toEqual({ payment: 'pending', issued: false, isMapped: false });
  });

  it('that goods have left by its flag alone, and never in a state that ends an order', () => {
    for (const payment of ['pending', 'paid'] as const) {
      expect(shopMeaningOf(payment, flags(true, true)).issued).toBe(true);
      expect(shopMeaningOf(payment, flags(true, false)).issued).toBe(false);
    }
    expect(shopMeaningOf('refunded', flags(true, true)).issued).toBe(false);
  });

  it('its end, where one id is configured for several', () => {
    expect(configured({ PS_OS_CANCELED: '6', PS_OS_PAYMENT: '6', PS_OS_ERROR: '' })).toEqual(
      new Map([[6, 'cancelled']]),
    );
  });

  it('what a person has said, before all', () => {
    const inShop = new Map([[14, { payment: 'pending', issued: true, isMapped: false } as const]]);
    const said = (overrides: StateOverrides) => meaningOf(14, inShop, overrides);
    expect(said({})).toEqual({ payment: 'pending', issued: true, isMapped: false });
    expect(said({ '14': { payment: 'paid' } })).toEqual({ payment: 'paid', issued: true, isMapped: true });
    expect(said({ '14': { payment: 'paid', issued: false } })).toMatchObject({ issued: false });
    expect(said({ '14': { payment: 'refunded' } })).toMatchObject({ payment: 'refunded', issued: false });
    expect(meaningOf(15, inShop, {})).toEqual({ payment: 'pending', issued: false, isMapped: false });
  });
});
