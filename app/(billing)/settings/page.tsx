import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { COUNTRIES } from "@/lib/tenants/countries";
import { getOrganisation } from "@/lib/tenants/organisation";
import { timeZones } from "@/lib/tenants/time-zones";
import { OrganisationForm } from "./_components/organisation-form";
import { toValues } from "./_components/organisation-values";
import { saveOrganisationAction } from "./actions";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("title"),
});

export default async function OrganisationSettings() {
  const scope = await requireScope();
  const [t, organisation] = await Promise.all([getTranslations("settings"), getOrganisation(scope)]);
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
          countries={COUNTRIES}
          canEdit={canEdit}
          save={saveOrganisationAction}
        />
      </CardBody>
    </Card>
  );
}
