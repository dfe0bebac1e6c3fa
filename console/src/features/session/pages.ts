// The pages for who is not signed in, or not far enough.
import { strangerPages } from '@/features/public/pages';

export const publicPages = [
  { path: '/login', load: () => import('./SignIn') },
  { path: '/second-factor', load: () => import('./SecondFactor') },
  ...strangerPages,
] as const;
