// The pages of strangers: signing a business up, following mailed links.
export const strangerPages = [
  { path: '/sign-up', load: () => import('./SignUp') },
  { path: '/verify', load: () => import('./Verify') },
  { path: '/invitation', load: () => import('./Invitation') },
  { path: '/reset', load: () => import('./Reset') },
] as const;
