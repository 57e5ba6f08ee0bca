"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  description?: ReactNode;
  onClose: () => void;
  /** Gives the focus back to what opened it. @returns false where there is nothing to give it to */
  returnFocus: () => boolean;
  children: ReactNode;
};

/** The open dialog itself. */
export default function Modal({ title, description, onClose, returnFocus, children }: Props) {
  const t = useTranslations("common");
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-[#04131a]/55 backdrop-blur-[2px]" />
        <Radix.Content
          className="fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] animate-rise overflow-y-auto rounded-t-2xl border border-line bg-surface p-5 shadow-depth-high outline-none sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[min(32rem,92vw)] sm:rounded-2xl sm:p-6 sm:[translate:-50%_-50%]"
          onCloseAutoFocus={(event) => {
            if (returnFocus()) event.preventDefault();
          }}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <div>
              <Radix.Title className="font-semibold text-ink text-lg leading-snug">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-ink-soft text-sm">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close
              aria-label={t("close")}
              className="-mt-1 -mr-1 grid size-9 shrink-0 place-items-center rounded-lg text-ink-faint hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
