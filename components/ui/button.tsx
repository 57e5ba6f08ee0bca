import { cva, type VariantProps } from "class-variance-authority";
import { type ComponentProps, cloneElement, isValidElement } from "react";
import { cn } from "./class-names";
import { Spinner } from "./spinner";

export const buttonStyle = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-lg text-center font-medium leading-tight transition-colors duration-150 select-none aria-disabled:cursor-not-allowed aria-disabled:opacity-55 disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        primary: "bg-keel text-on-keel shadow-depth hover:bg-keel-deep",
        quiet: "border border-line bg-surface text-ink hover:border-line-strong hover:bg-sunken",
        plain: "text-ink-soft hover:bg-sunken hover:text-ink",
        danger: "bg-port text-on-port hover:bg-port-deep",
        dangerQuiet: "border border-line bg-surface text-port hover:border-port hover:bg-port-wash",
      },
      size: {
        small: "min-h-8 px-2.5 py-1 text-[0.8125rem]",
        normal: "min-h-10 px-4 py-2 text-sm",
        large: "min-h-11 px-5 py-2.5 text-[0.9375rem]",
        icon: "size-10",
      },
    },
    defaultVariants: { tone: "quiet", size: "normal" },
  },
);

type Props = ComponentProps<"button"> & VariantProps<typeof buttonStyle> & { asChild?: boolean; busy?: boolean };

/** `busy` keeps the width, shows a spinner and refuses further clicks. */
export function Button({ className, tone, size, asChild, busy, children, disabled, type, ...props }: Props) {
  const classes = cn(buttonStyle({ tone, size }), className);
  if (asChild && isValidElement<{ className?: string }>(children))
    return cloneElement(children, { ...props, className: cn(classes, children.props.className) });
  return (
    <button
      type={type ?? "button"}
      className={classes}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...props}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}
