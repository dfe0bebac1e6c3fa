// Whether the check of microphone and sound is shown: with the first shift, and when it is asked for.
import { create } from 'zustand';

interface Check {
  readonly on: boolean;
  begin(): void;
  end(): void;
}

export const useCheck = create<Check>((set) => ({
  on: false,
  begin: () => set({ on: true }),
  end: () => set({ on: false }),
}));
