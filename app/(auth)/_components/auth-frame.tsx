import type { ReactNode } from "react";
import { chooseLocale } from "@/app/actions";
import { SandboxBar } from "@/app/sandbox/sandbox-bar";
import { Logo } from "@/components/layout/logo";
import { PreferenceButton } from "@/components/layout/preference-button";

type Props = { title: ReactNode; hint?: ReactNode; children: ReactNode };

/** The frame of the pages outside of any organisation: one narrow column with one thing to do. */
export const AuthFrame = ({ title, hint, children }: Props) => (
  <>
    <SandboxBar />
    <div className="mx-auto flex min-h-[88dvh] w-full max-w-md flex-col px-4 py-6">
      <header className="flex items-center justify-between">
        <Logo />
        <PreferenceButton chooseLocale={chooseLocale} />
      </header>
      <main id="main" tabIndex={-1} className="my-auto py-10 outline-none">
        <h1 className="font-semibold text-3xl tracking-tight">{title}</h1>
        {hint ? <p className="mt-2 text-ink-soft">{hint}</p> : null}
        <div className="mt-8">{children}</div>
      </main>
    </div>
  </>
);
