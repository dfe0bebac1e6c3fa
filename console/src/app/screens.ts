// Every screen: its path, who may see it, where the menu shows it. A feature adds its screens here, nowhere else.
import type { ComponentType } from 'react';
import { businessScreens } from '@/features/business/screens';
import { callbackScreens } from '@/features/callbacks/screens';
import { contactScreens } from '@/features/contacts/screens';
import { customerScreens } from '@/features/customers/screens';
import { deskScreens } from '@/features/desk/screens';
import { floorScreens } from '@/features/floor/screens';
import { flowScreens } from '@/features/flows/screens';
import { mineScreens } from '@/features/mine/screens';
import { operatorScreens } from '@/features/operator/screens';
import { reportScreens } from '@/features/reports/screens';
import { settingsScreens } from '@/features/settings/screens';
import { setupScreens } from '@/features/setup/screens';
import { simScreens } from '@/features/sim/screens';
import { welcomeScreens } from '@/features/welcome/screens';
import { wallboardScreens } from '@/features/wallboards/screens';

export type MenuGroup = 'work' | 'watch' | 'setUp' | 'learn' | 'business' | 'operator';

export interface Screen {
  /** As the router writes it: /queues/$id. */
  readonly path: string;
  readonly load: () => Promise<{ default: ComponentType }>;
  /** Who may see it: who has any of them; none: everybody who is signed in. */
  readonly permission?: string | readonly string[];
  /** Only for who operates the platform. */
  readonly operator?: boolean;
  /** Where it stands in the menu, with the key of its name in the strings; none: reached from another screen. */
  readonly menu?: {
    readonly group: MenuGroup;
    readonly name: `${string}:${string}`;
    readonly icon: ComponentType;
    /** Whom the menu shows it, where not everybody who may see it has a use for it: who has any of them. */
    readonly of?: readonly string[];
  };
  /** Turns the URL's search into filters; a wrong one falls back. */
  readonly search?: (raw: Record<string, unknown>) => Record<string, unknown>;
  /** Without header and menu: wallboards on a TV. */
  readonly bare?: boolean;
  /** Only where the telephone network is simulated: on a laptop. */
  readonly local?: boolean;
  /** Reachable by a key sequence: g, then this letter. */
  readonly key?: string;
}

export const screens: readonly Screen[] = [
  ...deskScreens,
  ...callbackScreens,
  ...customerScreens,
  ...mineScreens,
  ...simScreens,
  ...floorScreens,
  ...wallboardScreens,
  ...welcomeScreens,
  ...flowScreens,
  ...setupScreens,
  ...reportScreens,
  ...contactScreens,
  ...businessScreens,
  ...settingsScreens,
  ...operatorScreens,
];

/** What lets somebody see it. */
export const neededFor = ({ permission = [] }: Screen): readonly string[] => [permission].flat();

export function isFor(screen: Screen, may: (permission: string) => boolean): boolean {
  const needed = neededFor(screen);
  return needed.length === 0 || needed.some(may);
}
