import type { ComponentProps } from "react";

/** A part of the page that scrolls in itself; it takes the focus, so that a keyboard can scroll it. */
export const ScrollRegion = ({ label, ...props }: ComponentProps<"div"> & { label: string }) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and a section would be a landmark
  // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs the focus
  <div role="group" aria-label={label} tabIndex={0} {...props} />
);
