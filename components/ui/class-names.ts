import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. Of two that set the same property the order of the stylesheet decides, not this one: what a caller may
 * replace is written `weak:` in the component (app/globals.css).
 */
export const cn = (...classes: ClassValue[]): string => clsx(classes);
