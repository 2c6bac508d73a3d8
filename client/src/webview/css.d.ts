/** A style sheet as text: esbuild bundles it so. */
declare module "*.css" {
  const text: string;
  export default text;
}
