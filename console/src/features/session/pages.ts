// The pages for who is not signed in.
export const publicPages = [{ path: '/login', load: () => import('./SignIn') }] as const;
