import { describe, expect, it } from 'vitest';
import { countries } from '@/lib/countries';
import { ownCountry, ownZone, zones } from './places';

describe('where a stranger is', () => {
  it('is read from the languages of the browser', () => {
    expect(ownCountry(['zh-CN', 'en'])).toBe('CN');
    expect(ownCountry(['de', 'en-GB'])).toBe('GB');
    expect(ownCountry(['fr'])).toBe('FR');
    expect(ownCountry([])).toBe('US');
  });

  it('can be chosen', () => {
    expect(countries().map((one) => one.value)).toContain(ownCountry());
    expect(zones().map((one) => one.value)).toContain(ownZone());
  });
});
