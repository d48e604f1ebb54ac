/** One call of Stripe's API that the provider makes, as Stripe's reference documents it. */
export interface StripeCall {
  readonly method: 'GET' | 'POST';
  /** With `:id` where the reference has an id. */
  readonly path: string;
  /** Parameters that the call accepts, by the names of their first level. */
  readonly parameters: readonly string[];
  readonly required: readonly string[];
}

/** Parameters of Stripe's API of the version that the provider pins (https://docs.stripe.com/api). */
export const stripeCalls: readonly StripeCall[] = [
  {
    method: 'POST',
    path: '/v1/customers',
    parameters: [
      'address',
      'balance',
      'description',
      'email',
      'metadata',
      'name',
      'phone',
      'tax_exempt',
      'expand',
    ],
    required: [],
  },
  { method: 'GET', path: '/v1/customers/:id', parameters: ['expand'], required: [] },
  {
    method: 'POST',
    path: '/v1/payment_intents',
    parameters: [
      ...[
        'amount',
        'automatic_payment_methods',
        'capture_method',
        'confirm',
        'confirmation_method',
        'currency',
      ],
      ...[
        'customer',
        'description',
        'error_on_requires_action',
        'expand',
        'mandate',
        'mandate_data',
        'metadata',
      ],
      ...['off_session', 'payment_method', 'payment_method_options', 'payment_method_types', 'receipt_email'],
      ...['return_url', 'setup_future_usage', 'statement_descriptor', 'statement_descriptor_suffix'],
    ],
    required: ['amount', 'currency'],
  },
  { method: 'GET', path: '/v1/payment_intents/:id', parameters: ['client_secret', 'expand'], required: [] },
  {
    method: 'GET',
    path: '/v1/payment_intents',
    parameters: ['created', 'customer', 'ending_before', 'expand', 'limit', 'starting_after'],
    required: [],
  },
  {
    method: 'GET',
    path: '/v1/refunds',
    parameters: ['charge', 'created', 'ending_before', 'expand', 'limit', 'payment_intent', 'starting_after'],
    required: [],
  },
  {
    method: 'GET',
    path: '/v1/disputes',
    parameters: ['charge', 'created', 'ending_before', 'expand', 'limit', 'payment_intent', 'starting_after'],
    required: [],
  },
  {
    method: 'POST',
    path: '/v1/refunds',
    parameters: ['amount', 'charge', 'currency', 'expand', 'metadata', 'payment_intent', 'reason'],
    required: [],
  },
  {
    method: 'POST',
    path: '/v1/checkout/sessions',
    parameters: [
      ...[
        'cancel_url',
        'client_reference_id',
        'currency',
        'customer',
        'customer_creation',
        'expand',
        'expires_at',
      ],
      ...['line_items', 'locale', 'metadata', 'mode', 'payment_intent_data', 'payment_method_types'],
      ...['setup_intent_data', 'success_url', 'ui_mode'],
    ],
    required: [],
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions',
    parameters: [
      ...['created', 'customer', 'customer_details', 'ending_before', 'expand', 'limit', 'payment_intent'],
      ...['payment_link', 'starting_after', 'status', 'subscription'],
    ],
    required: [],
  },
  { method: 'GET', path: '/v1/checkout/sessions/:id', parameters: ['expand'], required: [] },
  { method: 'POST', path: '/v1/checkout/sessions/:id/expire', parameters: ['expand'], required: [] },
  { method: 'GET', path: '/v1/payment_methods/:id', parameters: ['expand'], required: [] },
  {
    method: 'POST',
    path: '/v1/billing_portal/sessions',
    parameters: ['configuration', 'customer', 'expand', 'flow_data', 'locale', 'on_behalf_of', 'return_url'],
    required: [],
  },
];
