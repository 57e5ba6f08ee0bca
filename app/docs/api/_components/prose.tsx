/** A sentence of the documentation; what stands in backticks is code. */
export const Prose = ({ text }: { text: string }) => (
  <>
    {text.split("`").map((part, index) =>
      index % 2 === 1 ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a fixed text
        <code key={index} className="rounded bg-sunken px-1 font-mono text-[0.875em] text-ink">
          {part}
        </code>
      ) : (
        part
      ),
    )}
  </>
);
