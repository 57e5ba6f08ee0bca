/** What a field to type into and one to choose from have in common. */
export const controlStyle =
  "weak:w-full min-w-0 rounded-lg border border-line-strong bg-surface text-ink transition-colors placeholder:text-ink-faint aria-invalid:border-port disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint";
