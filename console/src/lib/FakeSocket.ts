// A WebSocket of tests that a test opens, speaks through and closes by hand; `withFakeSockets()` in a file puts it in place.
import { afterEach, beforeEach, vi } from 'vitest';

export class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  /** All that were made in this test, in order. */
  static made: FakeSocket[] = [];
  readyState = FakeSocket.OPEN;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number; reason: string }) => void;
  constructor() {
    FakeSocket.made.push(this);
  }
  static get last(): FakeSocket | undefined {
    return FakeSocket.made.at(-1);
  }
  send() {}
  close() {}
  /** What the server says. */
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  ends(code = 1006) {
    this.onclose?.({ code, reason: '' });
  }
}

export function withFakeSockets(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    FakeSocket.made = [];
  });
  afterEach(() => vi.useRealTimers());
}
