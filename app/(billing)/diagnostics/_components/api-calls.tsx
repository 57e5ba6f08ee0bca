"use client";

import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { Spinner } from "@/components/ui/spinner";
import { API_CALLS, type ApiAnswer, type ApiCall, callApi } from "./call-api";

/** Calls to our own API as the signed-in person; none of them changes anything. */
export function ApiCalls() {
  const t = useTranslations("diagnostics.api");
  const [running, setRunning] = useState<string | null>(null);
  const [answer, setAnswer] = useState<ApiAnswer | null>(null);
  const run = async (call: ApiCall) => {
    setRunning(call.path);
    setAnswer(null);
    setAnswer(await callApi(call));
    setRunning(null);
  };
  return (
    <Card aria-labelledby="api-title">
      <CardHeader id="api-title" title={t("title")} hint={t("hint")} />
      <CardBody className="flex flex-col gap-4">
        <ul className="flex flex-col gap-2">
          {API_CALLS.map((call) => (
            <li key={call.path} className="flex items-center gap-3">
              <Button
                size="small"
                onClick={() => run(call)}
                disabled={running !== null}
                aria-label={t("run", { call: `${call.method} ${call.path}` })}
              >
                {running === call.path ? <Spinner /> : <Play aria-hidden />}
              </Button>
              <code className="min-w-0 flex-1 break-all font-mono text-[0.8125rem]">
                <span className="text-ink-faint">{call.method}</span> {call.path}
              </code>
            </li>
          ))}
        </ul>
        <div aria-live="polite">
          {answer ? (
            <>
              <p className="mb-2 flex flex-wrap items-center gap-2 text-ink-faint text-sm">
                <Badge tone={answer.ok ? "good" : "bad"}>{answer.status ?? t("noAnswer")}</Badge>
                <span className="tabular-nums">{t("took", { ms: answer.ms })}</span>
                {answer.requestId ? <span className="font-mono text-xs">{answer.requestId}</span> : null}
              </p>
              <ScrollRegion label={t("answer")} className="max-h-80 overflow-auto rounded-lg bg-sunken p-4">
                <pre className="font-mono text-xs leading-5">{answer.body}</pre>
              </ScrollRegion>
            </>
          ) : null}
        </div>
      </CardBody>
    </Card>
  );
}
