// What stands behind the # of the address: secrets of mailed links, which no server sees.
import { useRouterState } from '@tanstack/react-router';

export const useHash = (): string => useRouterState({ select: (state) => state.location.hash });
