import { describe, expect, it, vi } from 'vitest';
import { phoneFor, type VoiceToken } from './choose';

const loaded = vi.hoisted(() => ({ sdk: 0 }));
vi.mock('@twilio/voice-sdk', () => {
  loaded.sdk += 1;
  return { Device: {}, Call: { State: {} } };
});

const answers = (phone: VoiceToken['phone']) => {
  let asked = 0;
  return async () => ({ token: `token ${(asked += 1)}`, phone });
};

describe('the phone of a page', () => {
  it('is the simulated one where the token is for it, and the real SDK is not even loaded', async () => {
    expect((await phoneFor(answers('sim'))).kind).toBe('sim');
    expect(loaded.sdk).toBe(0);
  });

  it('is the real one where the token is for it', async () => {
    expect((await phoneFor(answers('twilio'))).kind).toBe('twilio');
    expect(loaded.sdk).toBe(1);
  });
});
