const drawings = {
  refresh: 'M13 3.5v3h-3M3 12.5v-3h3M4 6.5a4.5 4.5 0 0 1 8-1.5l1 1.5M12 9.5A4.5 4.5 0 0 1 4 11l-1-1.5',
  settings:
    'M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 1.8v1.8M8 12.4v1.8M1.8 8h1.8M12.4 8h1.8M3.6 3.6l1.3 1.3M11.1 11.1l1.3 1.3M12.4 3.6l-1.3 1.3M4.9 11.1l-1.3 1.3',
  open: 'M6.5 3.5h-3v9h9v-3M9.5 2.5h4v4M13 3 7.5 8.5',
  remove: 'm4.5 4.5 7 7M11.5 4.5l-7 7',
  check: 'm3.5 8.5 3 3 6-7',
} as const;

/** A drawing beside words; it says nothing by itself. */
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
