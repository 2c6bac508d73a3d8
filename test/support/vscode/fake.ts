/** As many arguments, of which nothing is known. */
type Unknown<Args extends readonly unknown[]> = { [Index in keyof Args]: never };

/**
 * What may stand in for a part of the module `vscode`: nothing that it does not have, and functions that ask for no more
 * arguments than it is given. What they are given and return is as narrow as the tests need.
 */
export type Fake<Real> = {
  readonly [Name in keyof Real]?: Real[Name] extends (...args: infer Args) => unknown
    ? (...args: Unknown<Required<Args>>) => unknown
    : Real[Name] extends readonly unknown[]
      ? readonly unknown[]
      : Real[Name] extends object
        ? Fake<Real[Name]>
        : unknown;
};
