import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { getOrganisation } from "@/lib/tenants/organisation";
import { timeZones } from "@/lib/tenants/time-zones";
import { OrganisationForm } from "./_components/organisation-form";
import { toValues } from "./_components/organisation-values";
import { saveOrganisationAction } from "./actions";
import { countryOptions } from "./country-options";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("title"),
});

export default async function OrganisationSettings() {
  const scope = await requireScope();
  const [t, locale, organisation] = await Promise.all([
    getTranslations("settings"),
    getLocale(),
    getOrganisation(scope),
  ]);
  const canEdit = hasRole(scope, "admin");
  return (
    <Card aria-labelledby="details-title" className="max-w-3xl">
      <CardHeader
        id="details-title"
        title={t("organisation")}
        hint={t("details.hint", { currency: organisation.currency })}
      />
      <CardBody>
        {canEdit ? null : <Alert tone="info" title={t("readOnly")} className="mb-5" />}
        <OrganisationForm
          key={scope.tenantId}
          initial={toValues(organisation)}
          zones={timeZones()}
          countries={countryOptions(locale)}
          canEdit={canEdit}
          save={saveOrganisationAction}
        />
      </CardBody>
    </Card>
  );
}
