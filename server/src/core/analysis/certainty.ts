/** How sure a finding is: follows from the dump alone; names the culprit; worth a look. */
export type Certainty = "proven" | "strong" | "suspect";
