const strings = {
  title: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  wrong: 'E-mail or password is wrong.',
  code: 'Code of your authenticator',
  codeHelp: 'Open the authenticator on your phone and type the six digits.',
  confirm: 'Go on',
  demo: 'The demo logins of this machine:',
  demoOwner: 'Watch and set up',
  demoAgent: 'Take calls as an agent',
} as const;
export default strings;
