import type { Row } from "../../state/table";

/** That a product gives its buyers a feature; `id` is the attachment's. */
export interface ProductFeature extends Row {
  product: string;
  feature: string;
}
