import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** A plain form: works before anything is loaded. */
export function TenantSearch({ query }: { query: string }) {
  const t = useTranslations("operator");
  return (
    <form action="/operator" className="flex gap-2">
      <Input
        type="search"
        name="q"
        defaultValue={query}
        aria-label={t("search")}
        placeholder={t("search")}
        className="w-44"
      />
      <Button type="submit" size="icon" aria-label={t("searchGo")}>
        <Search aria-hidden />
      </Button>
    </form>
  );
}
