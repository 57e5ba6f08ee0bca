import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { chooseLocale } from "@/app/actions";
import { Logo } from "@/components/layout/logo";
import { PageHeader } from "@/components/layout/page-header";
import { PreferenceButton } from "@/components/layout/preference-button";
import { env } from "@/lib/env";
import { baseUrl, type EndpointDoc, endpointDoc } from "@/lib/http/docs";
import { ENDPOINTS } from "@/lib/http/registry";
import { ClientCard } from "./_components/client-card";
import { Contents } from "./_components/contents";
import { Conventions } from "./_components/conventions";
import { EndpointCard } from "./_components/endpoint-card";
import { ErrorsTable } from "./_components/errors-table";
import type { TagName } from "./_components/tag-name";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("docs"))("title") };
}

function byTag(docs: EndpointDoc[]): [TagName, EndpointDoc[]][] {
  const tags = [...new Set(docs.map((doc) => doc.tag))] as TagName[];
  return tags.map((tag) => [tag, docs.filter((doc) => doc.tag === tag)]);
}

export default async function ApiDocs() {
  const t = await getTranslations("docs");
  const groups = byTag(ENDPOINTS.map(endpointDoc));
  return (
    <div className="mx-auto w-full max-w-[88rem] px-4 pb-16 sm:px-8">
      <header className="flex items-center justify-between gap-4 py-5">
        <Link href="/" aria-label={t("backToApp")} className="rounded-lg">
          <Logo />
        </Link>
        <PreferenceButton chooseLocale={chooseLocale} />
      </header>
      <div className="grid gap-10 pt-4 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <aside className="hidden lg:block">
          <div className="sticky top-6 max-h-[calc(100dvh-3rem)] overflow-y-auto pr-2">
            <Contents groups={groups} />
          </div>
        </aside>
        <main id="main" tabIndex={-1} className="min-w-0 outline-none">
          <PageHeader title={t("title")} hint={t("hint")} />
          <p className="mb-6 flex flex-wrap items-baseline gap-x-6 gap-y-2 text-sm">
            <span className="text-ink-soft">
              {t("base")}: <code className="font-mono text-ink">{baseUrl()}</code>
            </span>
            <a href="/api/v1/billing/openapi.json" className="text-keel underline underline-offset-4">
              {t("specification")}
            </a>
          </p>
          <div className="flex flex-col gap-8">
            <Conventions />
            <ClientCard origin={env().BILLING_URL} />
            {groups.map(([tag, docs]) => (
              <section key={tag} aria-labelledby={`tag-${docs[0]?.id}`} className="flex flex-col gap-4">
                <h2 id={`tag-${docs[0]?.id}`} className="font-semibold text-ink text-xl tracking-tight">
                  {t(`tags.${tag}`)}
                </h2>
                {docs.map((doc) => (
                  <EndpointCard key={doc.id} doc={doc} />
                ))}
              </section>
            ))}
            <ErrorsTable />
          </div>
        </main>
      </div>
    </div>
  );
}
