import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";

/** A call to copy. */
export function Curl({ command, of }: { command: string; of: string }) {
  const t = useTranslations("docs");
  return (
    <figure className="min-w-0 overflow-hidden rounded-xl border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-3 border-line border-b py-1.5 pr-1.5 pl-4 text-ink-faint text-sm">
        {t("example")}
        <CopyButton text={command} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="overflow-x-auto px-4 py-3" tabIndex={0} aria-label={`${t("example")}: ${of}`}>
        <pre className="font-mono text-[0.8125rem] text-ink leading-6">{command}</pre>
      </section>
    </figure>
  );
}
