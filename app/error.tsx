"use client";

import { Failure } from "@/components/errors/failure";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className="px-6">
      <Failure error={error} retry={reset} />
    </main>
  );
}
