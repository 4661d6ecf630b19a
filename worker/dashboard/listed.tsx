/** Names in a line, the owner's and ours, each in its own direction. */
export function Listed({ names }: { readonly names: readonly string[] }) {
	return (
		<>
			{names.map((name, i) => (
				<>
					{i === 0 ? "" : ", "}
					<bdi>{name}</bdi>
				</>
			))}
		</>
	);
}
