/** What Harbor Studio works on: titles of tasks by project and category. */
export const subjects = {
  'Grid storage': {
    research: [
      'Compare the cost of grid storage in three markets',
      'What do flow batteries cost over twenty years',
      'Map the permits that a storage site needs',
    ],
    monitoring: ['Storage tenders this week', 'New filings on grid codes'],
    drafting: ['Draft the chapter on storage economics', 'One page for the steering group'],
    summary: ['Summarize six papers on flow batteries', 'Summarize the storage hearing'],
  },
  'Heat pumps': {
    research: [
      'Why heat pump adoption differs between regions',
      'Installer capacity until 2030',
      'Compare subsidy schemes for heat pumps',
    ],
    monitoring: ['Subsidy changes this week', 'Heat pump recalls'],
    drafting: ['Draft answers for the briefing', 'Draft the comparison of schemes'],
    summary: ['Summarize installer interviews', 'Summarize the regulator’s report'],
  },
  'Rail freight': {
    research: ['Where rail freight loses time', 'Which corridors could take night trains'],
    monitoring: ['Track works announced this week', 'Freight tariffs, weekly'],
    drafting: ['Draft the corridor profile', 'Draft the note on tariffs'],
    summary: ['Summarize the corridor study', 'Summarize three years of delays'],
  },
  'Soil carbon': {
    research: ['How soil carbon is measured and what it misses', 'Compare soil carbon registries'],
    monitoring: ['New soil carbon methods', 'Registry rule changes'],
    drafting: ['Draft the methods appendix'],
    summary: ['Summarize field trials', 'Summarize the registry consultation'],
  },
} as const;

export type Project = keyof typeof subjects;
export type Category = 'research' | 'monitoring' | 'drafting' | 'summary';

/** Ids of projects as they are reported: an id has no spaces. */
export function projectId(project: Project): string {
  return project.replace(' ', '-');
}

export const results: Record<Category, string> = {
  research: 'Three findings hold across all sources; two claims could not be confirmed and are marked.',
  monitoring: 'Four items are new since the last run. One of them touches a date in the plan.',
  drafting: 'The draft is in the library, with its sources next to each paragraph.',
  summary: 'One page, with quotations for what is disputed.',
};

export const failures = [
  'A source answered too slowly three times. Nothing was charged.',
  'The library was locked by another task. Nothing was charged.',
  'The page reader found no text in the document. Nothing was charged.',
] as const;
