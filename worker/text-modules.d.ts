/** Files that go into the Worker as text: see the rule in wrangler.toml. */
declare module "*.js" {
	const text: string;
	export default text;
}

declare module "*.css" {
	const text: string;
	export default text;
}

declare module "*.mjs" {
	const text: string;
	export default text;
}

declare module "*.php" {
	const text: string;
	export default text;
}

declare module "*.py" {
	const text: string;
	export default text;
}

declare module "*.rb" {
	const text: string;
	export default text;
}

declare module "*.liquid" {
	const text: string;
	export default text;
}
