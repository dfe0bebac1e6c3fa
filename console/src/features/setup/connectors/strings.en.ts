const strings = {
  title: 'Connectors',
  empty:
    'There are no connectors yet. With one, a flow asks your own system about the caller, such as whether an invoice is open.',
  help:
    'A flow asks in its step “Look up”. Nobody waits longer than the time below: when the other system is slow, answers wrongly or not at all, the call goes on at “failed” of that step, and at “not found” when it does not know the caller. Say there what happens then.',
  name: 'Name',
  url: 'Address',
  urlHelp:
    'It begins with https. Behind the host, variables of the call may stand in braces, such as {{example}}: {{facts}}, or an attribute that the flow has set.',
  method: 'How it is asked',
  methods: { GET: 'GET: all is in the address', POST: 'POST: sends variables as JSON' },
  send: 'Variables that are sent',
  sendHelp: 'As one JSON object, each under its own name.',
  gives: 'Gives the flow',
  fields: 'What the flow gets from the answer',
  fieldsHelp:
    'The attribute that the flow then knows, and where its value stands in the JSON of the answer, such as {{path}}.',
  attribute: 'Attribute',
  path: 'Place in the answer',
  value: 'Value',
  addField: 'Add a field',
  remove: 'Remove',
  secretHeader: 'Header of the secret',
  secretHeaderHelp: 'The header in which the other system wants its key or token. Empty: none is sent.',
  secret: {
    title: 'Secret',
    help:
      'Type it as it is to be sent, such as “Bearer …” with the token. It is shown to nobody afterwards. Another host in the address needs it anew.',
    set: 'Set',
    kept: 'Stays as it is',
    remove: 'Remove',
    removed: 'It is removed when you save.',
    keep: 'Keep it',
  },
  timeout: 'Waits at most',
  timeoutHelp: 'The caller hears nothing meanwhile; two seconds are plenty for most systems.',
  cache: 'Answer is kept for',
  cacheHelp:
    'The same question is then not asked again. Empty: it is asked each time. Failures are never kept.',
  headers: 'More headers',
  headersHelp: 'Not for secrets: these are shown here.',
  header: 'Header',
  addHeader: 'Add a header',
  try: {
    ask: 'Test',
    title: 'Test {{name}}',
    help:
      'Type what a call would know, then ask. The other system is really asked, by the connector as it is saved.',
    helpPlain: 'The other system is really asked, by the connector as it is saved.',
    now: 'Ask now',
    status: 'Its status was {{status}}.',
    took: 'It took {{ms}} ms.',
    answer: 'The answer as it came',
  },
  outcomes: {
    found: 'Found: the call goes on at “found” with the values below.',
    not_found:
      'Not found: the call goes on at “not found”. The other system does not know it, or no field has a value in its answer.',
    failed: 'Failed: the call goes on at “failed”.',
  },
  reasons: {
    address_refused: 'This address may not be asked: it leads into a private network.',
    timeout: 'It did not answer in time.',
    tls: 'Its certificate is not valid.',
    not_http: 'What came is no HTTP.',
    connection: 'It could not be reached.',
    name_not_found: 'There is no host of this name.',
    not_json: 'The answer is no JSON.',
  },
} as const;
export default strings;
