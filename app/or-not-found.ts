import { notFound } from "next/navigation";
import { AppError } from "@/lib/errors";

/** The page of something that is not there, or not this tenant's, is the page "not found". */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
