// The routes: one for each screen of the table, and the public pages.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { useSession } from '@/api/tokens';
import { publicPages } from '@/features/session/pages';
import { wallboardPages } from '@/features/wallboards/screens';
import { Frame } from './Frame';
import { Bare, Failed, NotFound, Start } from './pages';
import { guarded } from './guarded';
import { screens, type Screen } from './screens';

const root = createRootRoute({ notFoundComponent: NotFound, errorComponent: Failed });

const open = [...publicPages, ...wallboardPages].map((page) =>
  createRoute({
    getParentRoute: () => root,
    path: page.path,
    component: lazyRouteComponent(page.load),
    validateSearch: (raw: Record<string, unknown>) => raw,
  }),
);

const signedIn = (location: { readonly href: string }) => {
  if (!useSession.getState().tokens) throw redirect({ to: '/login', search: { next: location.href } });
};

const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  beforeLoad: ({ location }) => signedIn(location),
  component: Frame,
  notFoundComponent: NotFound,
});
const bare = createRoute({
  getParentRoute: () => root,
  id: 'bare',
  beforeLoad: ({ location }) => signedIn(location),
  component: Bare,
});
const start = createRoute({ getParentRoute: () => framed, path: '/', component: Start });

const routeOf = (screen: Screen) =>
  createRoute({
    getParentRoute: () => (screen.bare ? bare : framed),
    path: screen.path,
    component: lazyRouteComponent(guarded(screen)),
    validateSearch: screen.search ?? ((raw: Record<string, unknown>) => raw),
  });

const tree = root.addChildren([
  ...open,
  framed.addChildren([start, ...screens.filter((one) => !one.bare).map(routeOf)]),
  bare.addChildren(screens.filter((one) => one.bare).map(routeOf)),
]);

export const router = createRouter({ routeTree: tree, defaultPreload: 'intent' });
