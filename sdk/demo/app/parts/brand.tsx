export function Brand({ name = 'Fieldnote' }: { name?: string }) {
  return (
    <span className="brand">
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <rect x="3" y="2" width="18" height="20" rx="4" fill="currentColor" />
        <path className="brand-lines" d="M8 8h8M8 12h8M8 16h4" />
      </svg>
      {name}
    </span>
  );
}
