export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <rect width="24" height="24" rx="6" />
      <path d="M6.5 16.5h11M6.5 12h7.5M6.5 7.5h4" />
    </svg>
  );
}
