const drawings = {
  refresh: 'M13 3.5v3h-3M3 12.5v-3h3M4 6.5a4.5 4.5 0 0 1 8-1.5l1 1.5M12 9.5A4.5 4.5 0 0 1 4 11l-1-1.5',
  settings:
    'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 6.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM6 12.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z',
  open: 'M6.5 3.5h-3v9h9v-3M9.5 2.5h4v4M13 3 7.5 8.5',
  remove: 'm4.5 4.5 7 7M11.5 4.5l-7 7',
  history: 'M3 13V8.5M6.5 13V5.5M10 13V7.5M13.5 13V3',
  check: 'm3.5 8.5 3 3 6-7',
} as const;

/** A drawing next to words; assistive technology ignores it. */
export function Icon({ name }: { name: keyof typeof drawings }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" fill="none" aria-hidden="true">
      <path
        d={drawings[name]}
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
