"use client";

import { type ComponentProps, cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useRef } from "react";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  trigger?: ReactElement<ComponentProps<"button">>;
  /** Fetches, with the dialog, what will be in it. */
  prepare?: () => void;
  children: ReactNode;
};

const load = () => import("./modal");
const Modal = lazy(load);
/** Should it fail, opening tries again. */
const prepareModal = () => void load().catch(() => {});

/**
 * A modal; on a phone it sits at the bottom edge. Escape and a click outside close it. What it is made of is fetched when its
 * trigger is pointed at or has the focus.
 */
export function Dialog({ open, onOpenChange, title, description, trigger, prepare, children }: Props) {
  const opener = useRef<HTMLButtonElement>(null);
  const prepareAll = () => {
    prepareModal();
    prepare?.();
  };
  const returnFocus = () => {
    opener.current?.focus();
    return opener.current !== null;
  };
  return (
    <>
      {trigger
        ? cloneElement(trigger, {
            ref: opener,
            "aria-haspopup": "dialog",
            "aria-expanded": open,
            onPointerEnter: prepareAll,
            onFocus: prepareAll,
            onClick: () => onOpenChange(true),
          })
        : null}
      {open ? (
        <Suspense fallback={null}>
          <Modal title={title} description={description} onClose={() => onOpenChange(false)} returnFocus={returnFocus}>
            {children}
          </Modal>
        </Suspense>
      ) : null}
    </>
  );
}

export const DialogFooter = ({ children }: { children: ReactNode }) => (
  <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>
);
